import { chromium, type Browser } from 'playwright-core';

/**
 * Milliseconds by which every page draws late, as on a busy machine: a spec that reads what is not drawn yet falls then.
 * `DRAW_LATE=250 npm run test:browser`. Nothing is late by default.
 */
const late = Number(process.env['DRAW_LATE'] ?? 0);

/** Debian's Chromium, which talks to the page alone. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  if (late > 0) {
    const newContext = browser.newContext.bind(browser);
    // A page that is opened without a context of its own gets one from here as well.
    browser.newContext = async (options) => {
      const context = await newContext(options);
      await context.addInitScript(drawLate);
      return context;
    };
  }
  return browser;
}

/** What makes a page draw late: frames, timers and messages, by which frameworks draw, come later. */
const drawLate = `{
  const start = window.setTimeout.bind(window);
  window.requestAnimationFrame = (frame) => start(() => frame(performance.now()), ${late});
  window.setTimeout = (run, time = 0, ...args) => start(run, time + ${late}, ...args);
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...args) { start(() => post.apply(this, args), ${late}); };
}`;
