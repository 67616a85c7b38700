// The least that is a window in Electron: what any app pays.
const { app, BrowserWindow } = require('electron');

app.setPath('userData', process.env.BENCH_PROFILE);
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false });
  window.once('ready-to-show', () => {
    window.show();
    console.log(`MOMENT ${Date.now()}`);
    app.quit();
  });
  void window.loadFile('index.html');
});
