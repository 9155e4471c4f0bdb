import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { concat, defer, NEVER, of, shareReplay, type Observable } from 'rxjs';
import { toSseResponse, writeResponse, type AnswerEvent } from '../../lib/sse/index.js';
import { openBrowser } from './support/openBrowser.js';

const answer: readonly AnswerEvent[] = [
  { type: 'text', text: '{"name":' },
  { type: 'text', text: '"J\\n"}' },
  { type: 'complete', completion: {} },
];

/** The use of an EventSource by a page, and its state in the end. */
interface Visit {
  readonly text: string;
  readonly state: number;
}

describe('a native EventSource', () => {
  let browser: Browser;
  let page: Page;
  let server: Server;
  let url: string;
  /** How often the model was asked, and what the requests said to have seen. */
  let runs: number;
  let asked: (string | undefined)[];
  let events: Observable<AnswerEvent>;
  let resumable: boolean;
  let responses: ServerResponse[];

  before(async () => {
    browser = await openBrowser();
    server = createServer((request, response) => {
      if (request.url !== '/answer') {
        response.setHeader('content-type', 'text/html').end('<title>page</title>');
        return;
      }
      const lastEventId = request.headers['last-event-id']?.toString();
      asked.push(lastEventId);
      responses.push(response);
      writeResponse(toSseResponse(events, { lastEventId, resumable }), response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  beforeEach(async () => {
    [runs, asked, responses] = [0, [], []];
    resumable = false;
    events = defer(() => {
      runs += 1;
      return of(...answer);
    });
    page = await browser.newPage();
    await page.goto(url);
  });

  afterEach(() => page.close());

  /** Browsers wait three seconds before they come back. */
  const visit = (closes: boolean): Promise<Visit> =>
    page.evaluate(
      (closesOnDone) =>
        new Promise<Visit>((resolve) => {
          let text = '';
          const source = new EventSource('/answer');
          source.onmessage = ({ data }: MessageEvent<string>) => {
            text += JSON.parse(data) as string;
          };
          if (closesOnDone)
            source.addEventListener('done', () => {
              source.close();
            });
          setTimeout(() => {
            resolve({ text, state: source.readyState });
          }, 4500);
        }),
      closes,
    );

  const closed = 2;

  it('reads the answer, and is through with it when it is closed on `done`', async () => {
    expect(await visit(true)).to.deep.equal({ text: '{"name":"J\\n"}', state: closed });
    expect({ runs, asked }).to.deep.equal({ runs: 1, asked: [undefined] });
  });

  it('gives up after the end although it was not closed, and the model is not asked again', async () => {
    expect(await visit(false)).to.deep.equal({ text: '{"name":"J\\n"}', state: closed });
    expect({ runs, asked }).to.deep.equal({ runs: 1, asked: [undefined, '3'] });
  });

  it('gives up after its connection was lost before the first word, and the model is not asked again', async () => {
    events = defer(() => {
      runs += 1;
      setTimeout(() => responses[0]?.destroy(), 200);
      return concat(NEVER, of(...answer));
    });
    expect(await visit(true)).to.deep.equal({ text: '', state: closed });
    expect({ runs, asked }).to.deep.equal({ runs: 1, asked: [undefined, '0'] });
  });

  it('gives up on a resumable answer that is over, although it was not closed', async () => {
    resumable = true;
    events = events.pipe(shareReplay({ bufferSize: Infinity, refCount: false }));
    expect(await visit(false)).to.deep.equal({ text: '{"name":"J\\n"}', state: closed });
    expect({ runs, asked }).to.deep.equal({ runs: 1, asked: [undefined, '3'] });
  });
});
