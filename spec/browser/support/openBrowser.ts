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
      await context.addInitScript(drawLate, late);
      return context;
    };
  }
  return browser;
}

/** Runs in the page: frames, timers and messages, by which frameworks draw, come later. */
function drawLate(delay: number): void {
  const start = window.setTimeout.bind(window);
  window.requestAnimationFrame = (frame) =>
    start(() => {
      frame(performance.now());
    }, delay);
  Object.assign(window, {
    setTimeout: (run: () => void, time = 0, ...args: readonly unknown[]) => start(run, time + delay, ...args),
  });
  const post = Reflect.get(MessagePort.prototype, 'postMessage') as () => void;
  MessagePort.prototype.postMessage = function (...args: unknown[]) {
    start(() => {
      Reflect.apply(post, this, args);
    }, delay);
  };
}
