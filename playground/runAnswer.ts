import { concat, delay, map, of, timer, type Observable } from 'rxjs';
import * as t from 'io-ts';
import { structuredCompletion, tool, type CompletionEvent, type Watcher } from '../lib/index.js';
import { completionOf, scriptedModel, type ScriptedAnswer } from '../lib/testing/index.js';
import type { Settings } from './samples.js';

const weather = tool({
  description: 'The weather in a city',
  input: t.type({ city: t.string }),
  run: ({ city }) =>
    concat(of(`looking out of a window in ${city}`).pipe(delay(250)), timer(350).pipe(map(() => `sunny in ${city}`))),
});

/** The answers that the text writes, one per attempt, without what is no answer. */
export function attemptsOf(text: string): readonly string[] {
  return text.split(/\n---[^\S\n]*(?:\n|$)/);
}

/** Asks a model that answers as it is told: all of it is the library, but the model. */
export function runAnswer(settings: Settings, codec: t.Mixed, watch: Watcher): Observable<unknown> {
  const { words: jsonInText, end, pace } = settings;
  const blocks = attemptsOf(settings.text);
  /** A model per failure, for the next attempt asks another one. */
  const scripts: ScriptedAnswer[][] = [[]];
  blocks.forEach((block, at) => {
    const isLast = at === blocks.length - 1;
    scripts.at(-1)?.push(answerOf(block, settings, isLast ? end : 'stop'));
    if (block.startsWith('fails with ') && !isLast) scripts.push([]);
  });
  const models = scripts.map((answers, at) => ({
    ...scriptedModel(answers, { jsonInText, ...(pace > 0 && { delay: pace }) }),
    model: scripts.length > 1 ? `model ${at + 1}` : 'your words',
  }));
  const retries = blocks.filter((block) => !/^(?:call|fails with) /.test(block)).length - 1;
  const config = { codec, messages: ['…'], retries, watch };
  // With tools an answer is judged when its request has ended: whether it is one is not known before.
  const hasCalls = blocks.some((block) => block.startsWith('call '));
  return hasCalls
    ? structuredCompletion(models, { ...config, tools: { weather } })
    : structuredCompletion(models, config);
}

function answerOf(block: string, { size, pace }: Settings, end: string): ScriptedAnswer {
  const timing = pace > 0 ? { delay: pace } : {};
  const [, failure] = /^fails with (.*)/.exec(block) ?? [];
  if (failure !== undefined)
    return timer(pace * 4).pipe(
      map(() => {
        throw new Error(failure);
      }),
    );
  const [, name, text] = /^call (\S+) ([^]*)/.exec(block) ?? [];
  if (name !== undefined && text !== undefined) {
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [''];
    const events = pieces.map((piece, at): CompletionEvent => ({
      type: 'tool-delta',
      index: 0,
      ...(at === 0 && { id: 'call-1', name }),
      text: piece,
    }));
    return completionOf([...events, { type: 'finish', reason: 'tool-calls', raw: 'tool-calls' }], timing);
  }
  const answer = completionOf(block, {
    chunkSize: size,
    ...timing,
    finish: end === 'stop' ? 'stop' : end === 'length' ? 'length' : null,
  });
  return answer;
}
