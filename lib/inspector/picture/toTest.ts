import type { LogEntry, ToolEntry } from '../log/LogEntry.js';
import { CUT } from '../log/toJson.js';
import { writeLiteral, writeProperty } from './writeLiteral.js';
import type { Lane, Story } from './Story.js';

/**
 * The completion as a test, for mocha, Jest or Vitest: models that answer the same, delta by delta, tools that give the
 * same results, and what came of it. The codec and the tools' inputs are the reader's own.
 */
export function toTest(name: string, story: Story): string {
  const models = modelsOf(story.lanes).map(
    (lanes) => `scriptedModel([\n${indent(lanes.map((lane) => `${writeAnswer(lane, story)},`))}])`,
  );
  const replies = writeReplies(story);
  const hasTools = replies.length > 0;
  const isList = story.entries.some((entry) => entry.type === 'element' || (entry.type === 'left' && 'index' in entry));
  const hasEnd = story.ended !== undefined && story.ended.how !== 'cancelled';
  const verb = isList ? 'structuredElements' : 'structuredCompletion';
  const config = `codec, messages: ['the question'], retries: ${retriesOf(story.lanes)}${hasTools ? ', tools: { ...tools, ...replies }' : ''}`;

  const body = [
    `const model = ${models.length === 1 ? models.join('') : `[\n${indent(models.map((model) => `${model},`))}]`};`,
    ...(hasTools ? [`const replies = {\n${indent(replies.map((reply) => `${reply},`))}};`] : []),
    'const seen: unknown[] = [];',
    `await ${verb}(model, { ${config} })`,
    // An answer that never ended would keep the test from ending.
    ...(hasEnd ? [] : ['  .pipe(takeUntil(timer(50)))']),
    '  .forEach((either) => {',
    "    if (either._tag === 'Left') seen.push(`${either.left._tag}: ${either.left.message}`);",
    isList
      ? "    else if (either.right._tag === 'Element') seen.push([either.right.index, either.right.value]);"
      : "    else if (either.right._tag === 'Complete') seen.push(either.right.value);",
    ...(hasTools
      ? ["    else if (either.right._tag === 'Tool' && either.right.state === 'done') seen.push(either.right.output);"]
      : []),
    '  })',
    '  .catch((error: unknown) => seen.push(String(error)));',
    '',
    'const told: unknown[] = JSON.parse(JSON.stringify(seen));',
    `assert.deepEqual(told, [\n${indent(writeExpected(story))}]);`,
  ].join('\n');

  // Text in quotes does not count.
  const helpers = body.includes('inTurn(') ? [`${IN_TURN}\n`] : [];
  const code = [...helpers, body].join('\n').replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
  const used = ['concat', 'NEVER', 'of', 'takeUntil', 'throwError', 'timer'].filter((each) =>
    new RegExp(`(?<!\\.)\\b${each}\\b`).test(code),
  );
  const yours = hasTools ? 'codec, tools' : 'codec';
  return [
    ...(story.full === undefined ? [] : ['// The log was cut: what came after that place is not in here.']),
    "import assert from 'node:assert/strict';",
    ...(used.length === 0 ? [] : [`import { ${used.join(', ')} } from 'rxjs';`]),
    `import { ${verb}${hasTools ? ', tool' : ''} } from 'rx-structured';`,
    "import { scriptedModel } from 'rx-structured/testing';",
    `import { ${yours} } from './yours.js'; // the log does not hold ${hasTools ? 'them' : 'it'}`,
    '',
    ...helpers,
    `it(${writeLiteral(name)}, async () => {`,
    `${indent([body])}});`,
    '',
  ].join('\n');
}

const IN_TURN = `const inTurn = <T>(...results: T[]) => {
  return () => results.shift() ?? NEVER;
};`;

/** The requests of each model: where one was not to be had, the next one was asked. */
function modelsOf(lanes: readonly Lane[]): readonly (readonly Lane[])[] {
  const models: Lane[][] = [[]];
  for (const lane of lanes) {
    models.at(-1)?.push(lane);
    if (lane.left?.tag === 'Unavailable' && lane !== lanes.at(-1)) models.push([]);
  }
  return models;
}

/** As many as the model with the most attempts had. */
function retriesOf(lanes: readonly Lane[]): number {
  const attempts = modelsOf(lanes).map((asked) => new Set(asked.map(({ attempt }) => attempt)).size);
  return Math.max(0, Math.max(...attempts) - 1);
}

function writeAnswer(lane: Lane, story: Story): string {
  const end = lane.last ?? story.entries.length - 1;
  const entries = story.entries.slice(lane.first, end + 1);
  const events = entries.flatMap(toEvent).map((event) => `  ${writeLiteral(event)},\n`);
  const list = `[\n${events.join('')}]`;
  // An answer with a finish reason came to its end, and an error is what was made of it.
  if (entries.some(({ type }) => type === 'finish')) return list;
  if (lane.left !== undefined && lane.over?.error === undefined) return list;
  const rest = writeRest(lane);
  if (rest === undefined) return list;
  return events.length === 0 ? rest : `concat(of(...(${list} as const)), ${rest})`;
}

/** How an answer went on that did not come to its end, where it was not its text that ended it. */
function writeRest({ over }: Lane): string | undefined {
  if (over?.error !== undefined) return `throwError(() => ${writeError(over.error)})`;
  return over === undefined || over.finishReason === 'stopped' ? 'NEVER' : undefined;
}

/** An event for a scripted model, whose answer always stands in the text. */
function toEvent(entry: LogEntry): readonly object[] {
  switch (entry.type) {
    case 'start': {
      const { at: _, ...start } = entry;
      return [start];
    }
    case 'delta': {
      const { kind, text, index, id, name, isAnswer } = entry;
      if (isAnswer === true) return [{ type: 'text-delta', text }];
      if (kind === 'tool') return [{ type: 'tool-delta', index, id, name, text }];
      // The answer was found among other words, and stands in an entry of its own.
      return kind === 'text' ? [] : [{ type: `${kind}-delta`, text }];
    }
    case 'usage': {
      const { at: _, ...usage } = entry;
      return [{ ...usage, raw: null }];
    }
    case 'finish':
      return [{ type: 'finish', reason: entry.reason, raw: entry.reason }];
    default:
      return [];
  }
}

/** The tools that were run, each giving its results in their order. */
function writeReplies({ entries }: Story): readonly string[] {
  const calls = entries.filter((entry) => entry.type === 'tool');
  const running = calls.filter(({ state }) => state === 'running');
  return Array.from(new Set(running.map(({ name }) => name)), (name) => {
    const keys = new Set(running.filter((call) => call.name === name).map(keyOfCall));
    const results = Array.from(keys, (key) => writeResult(calls.findLast((call) => keyOfCall(call) === key)));
    const run = results.length === 1 ? `() => ${results.join('')}` : `inTurn(${results.join(', ')})`;
    return `${writeProperty(name)}: tool({ ...tools[${writeLiteral(name)}], run: ${run} })`;
  });
}

const keyOfCall = ({ step, id }: ToolEntry): string => `${step}/${id}`;

function writeResult(call: ToolEntry | undefined): string {
  if (call?.state === 'done') return `of(${writeLiteral(call.output ?? null)})`;
  return call?.state === 'failed' ? `throwError(() => ${writeError(call.error ?? '')})` : 'NEVER';
}

/** An error that reads the same: its name, and its message. */
function writeError(shown: string): string {
  const [, name = 'Error', message = shown] = /^(\w*Error): ([^]*)$/.exec(shown) ?? [];
  const error = `new Error(${writeLiteral(message)})`;
  return name === 'Error' ? error : `Object.assign(${error}, { name: ${writeLiteral(name)} })`;
}

/** The lines of the test that say what was seen. */
function writeExpected(story: Story): readonly string[] {
  const values = story.entries.flatMap((entry): readonly unknown[] => {
    switch (entry.type) {
      case 'left':
        return [`${entry.tag}: ${entry.message}`];
      case 'complete':
        return [entry.value];
      case 'element':
        return [[entry.index, entry.value]];
      case 'tool':
        return entry.state === 'done' ? [entry.output ?? null] : [];
      case 'ended':
        return entry.how === 'failed' ? [entry.error ?? ''] : [];
      default:
        return [];
    }
  });
  return values.map((value, index) => {
    const [whole] = [value].flat().slice(-1);
    const isCut = typeof whole === 'string' && whole.endsWith(CUT);
    return isCut ? `told[${index}], // too long for the log` : `${writeLiteral(value)},`;
  });
}

/** Lines, each one deeper than where they stand. */
function indent(texts: readonly string[]): string {
  return texts.map((text) => `${text.replace(/^(?=.)/gm, '  ')}\n`).join('');
}
