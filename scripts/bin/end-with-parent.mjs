// The launcher killed (even by SIGKILL) ends the program too: it would hold the data folder's lock for nobody.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
