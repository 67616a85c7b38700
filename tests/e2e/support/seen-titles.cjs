// Loaded into the app from outside (electron -r): notes every title that Today shows, from the first picture on, in `window.seenTitles`.
const { app } = require('electron');

app.on('web-contents-created', (_event, contents) => {
  contents.on('dom-ready', () =>
    contents.executeJavaScript(`{
      window.seenTitles = [];
      const look = () => {
        const titles = [...document.querySelectorAll('main section h2')].map((title) => title.textContent).join(' | ');
        if (titles !== '' && titles !== window.seenTitles.at(-1)) window.seenTitles.push(titles);
      };
      look();
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    }; undefined`),
  );
});
