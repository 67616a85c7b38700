// Loaded first by the shell's process: it starts the test's engine in the place of its own, and nothing else is different.
const { utilityProcess } = require('electron');
const { fork } = utilityProcess;
utilityProcess.fork = (_engine, ...how) => {
  globalThis.testEngine = fork(process.env.ITINERA_TEST_ENGINE, ...how);
  return globalThis.testEngine;
};
