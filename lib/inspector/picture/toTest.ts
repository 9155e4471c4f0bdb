import type { LogEntry } from '../log/LogEntry.js';
import type { Lane, Story } from './Story.js';

/** The completion as a test: a model that answers the same, delta by delta. */
export function toTest(name: string, story: Story): string {
  const answers = story.lanes.map((lane) => writeAnswer(lane, story));
  const retries = Math.max(0, (story.lanes.at(-1)?.attempt ?? 1) - 1);
  const fails = answers.some((answer) => answer.includes('throwError('));
  return [
    ...(fails ? [`import { concat, of, throwError } from 'rxjs';`] : []),
    `import { structuredCompletion } from 'rx-structured';`,
    `import { scriptedModel } from 'rx-structured/testing';`,
    '',
    `// ${name.replace(/\s+/g, ' ')}`,
    'const model = scriptedModel([',
    ...answers.map((answer) => `  ${answer.replace(/\n/g, '\n  ')},`),
    ']);',
    '',
    `structuredCompletion(model, { codec, messages, retries: ${retries} });`,
    ...writeExpected(story),
    '',
  ].join('\n');
}

function writeAnswer(lane: Lane, story: Story): string {
  const end = lane.last ?? story.entries.length - 1;
  const events = story.entries.slice(lane.first, end + 1).flatMap(toEvent);
  const list = `[\n${events.map((event) => `  ${writeLiteral(event)},\n`).join('')}]`;
  const { error } = lane.over ?? {};
  if (error === undefined) return list;
  const failure = `throwError(() => new Error(${quote(error)}))`;
  return events.length === 0 ? failure : `concat(of(...(${list} as const)), ${failure})`;
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

function writeExpected(story: Story): readonly string[] {
  const lines: string[] = [];
  for (const entry of story.entries)
    if (entry.type === 'left') lines.push(`Left ${entry.tag}: ${entry.message}`);
    else if (entry.type === 'complete') lines.push(`Complete ${JSON.stringify(entry.value)}`);
    else if (entry.type === 'ended' && entry.how === 'failed') lines.push(`error ${entry.error ?? ''}`);
  return lines.map((line) => `// ${line.replace(/\n/g, '\n//   ')}`);
}

/** As one writes it: keys without quotes where they need none, strings in single ones. */
function writeLiteral(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{ ${fields.map(([key, field]) => `${key}: ${writeLiteral(field)}`).join(', ')} }`;
}

function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'");
  return `'${inner.replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029')}'`;
}
