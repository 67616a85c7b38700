// Loaded into the app from outside (electron -r): says when Today stands there with something to press, painted, and ends the app.
const { app } = require('electron');

const watch = (title) => `new Promise((resolve) => {
  const stands = () =>
    document.querySelector('main h1')?.textContent === ${JSON.stringify(title)} && document.querySelector('main button:enabled') !== null;
  const look = () => {
    if (stands()) requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    else requestAnimationFrame(look);
  };
  look();
})`;

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', async () => {
    console.log(`MOMENT ${await contents.executeJavaScript(watch(process.env.BENCH_TITLE))}`);
    app.quit();
  });
});
