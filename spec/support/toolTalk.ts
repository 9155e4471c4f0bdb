import type { Either } from 'fp-ts/lib/Either.js';
import { MaxStepsError } from '../../lib/answers/tools/MaxStepsError.js';
import type { ToolEvent } from '../../lib/answers/tools/ToolEvent.js';
import type { Exchange } from './modelServer.js';
import type { ToolModel } from './toolModels.js';
import type { SaidTurn } from './toolWires.js';

/** The responses of a model that answers in a request of its own say first that it calls no more. */
export function turnsOf({ answersLast, answersByCall }: ToolModel, turns: readonly SaidTurn[]): readonly SaidTurn[] {
  return turns.flatMap((turn, nth): readonly SaidTurn[] => {
    const { calls, text } = turn;
    if (calls !== undefined || text === undefined) return [turn];
    if (answersByCall === true) return [{ calls: [{ id: `z${nth}`, name: 'answer', args: text }] }];
    return answersLast === true ? [{ text: ['Enough.'] }, turn] : [turn];
  });
}

/** Text beside calls is shown only where it might be the answer. */
export function seenOf({ answersLast, answersByCall }: ToolModel, seen: readonly string[]): readonly string[] {
  if (answersLast !== true && answersByCall !== true) return seen;
  return seen.slice(seen.findIndex((line) => !line.startsWith('Partial')));
}

interface Shown {
  readonly _tag: 'Partial' | 'Complete';
  readonly value: unknown;
}
interface Invalid {
  readonly attempt: number;
  readonly retriesLeft: number;
  readonly message: string;
}

/** Writes down what a subscriber sees, the same whatever the API: calls are named by their order. */
export class ToolTalk {
  readonly lines: string[] = [];
  readonly ids: string[] = [];

  next(either: Either<Invalid, Shown | ToolEvent>): void {
    if (either._tag === 'Left') {
      const { attempt, retriesLeft, message } = either.left;
      this.lines.push(`Left ${attempt}+${retriesLeft} ${message}`);
    } else if (either.right._tag === 'Tool') this.#add(this.#lineOf(either.right));
    else this.#add(`${either.right._tag} ${JSON.stringify(either.right.value)}`);
  }

  error(error: unknown): void {
    if (!(error instanceof Error)) throw new Error('not an error', { cause: error });
    const more =
      'reason' in error ? String(error.reason) : error instanceof MaxStepsError ? this.#callsIn(error) : error.message;
    this.lines.push(`${error.name} ${more}`);
  }

  complete(): void {
    this.lines.push('|');
  }

  /** With every id of a call as the letter it has here. */
  withLetters(text: string): string {
    return this.ids.reduce((all, id, nth) => all.replaceAll(`"${id}"`, `"${letter(nth)}"`), text);
  }

  /** How often something that grows is shown is another question. */
  #add(line: string): void {
    const isSame = /writing$|^Partial/.test(line) && this.lines.at(-1) === line;
    if (!isSame) this.lines.push(line);
  }

  #lineOf(event: ToolEvent): string {
    const name = this.#nameOf(event.id);
    switch (event.state) {
      case 'writing':
        return `${name} writing`;
      case 'running':
        return 'progress' in event
          ? `${name} progress ${write(event.progress)}`
          : `${name} running ${JSON.stringify(event.input)}`;
      case 'done':
        return `${name} done ${write(event.output)}`;
      case 'failed':
        return `${name} failed ${event.error instanceof Error ? event.error.message : write(event.error)}`;
    }
  }

  #nameOf(id: string): string {
    if (!this.ids.includes(id)) this.ids.push(id);
    return letter(this.ids.indexOf(id));
  }

  #callsIn({ maxSteps, calls }: MaxStepsError): string {
    return `${maxSteps}: ${calls.map(({ id, step }) => `${this.#nameOf(id)} ${step}`).join(', ')}`;
  }
}

const letter = (nth: number): string => 'abcdefgh'.charAt(nth);
const write = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'undefined' : JSON.stringify(value);

type Body = Exchange['body'];
type Named = { readonly name?: string; readonly function?: Named; readonly functionDeclarations?: readonly Named[] };

/** Whatever the API calls the turns of a conversation. */
export function turnsIn({ messages, input, contents }: Body): readonly unknown[] {
  return (messages ?? input ?? contents) as readonly unknown[];
}

function toolsIn({ tools = [] }: Body): readonly string[] {
  const nameOf = ({ name, function: called, functionDeclarations }: Named): readonly string[] =>
    functionDeclarations?.flatMap(nameOf) ?? [name ?? called?.name ?? '?'];
  return (tools as readonly Named[]).flatMap(nameOf);
}

/** The facts of a request beside its turns: the tools, whether one must be called, whether there is a schema. */
export function askedIn(body: Body): string {
  const { tool_choice = body['toolConfig'], response_format, text, output_config, format, generationConfig } = body;
  const asked = JSON.stringify([response_format, text, output_config, format, generationConfig]);
  const shape = /"(json_schema|responseJsonSchema|responseSchema|properties)"/.test(asked)
    ? 'schema'
    : /"(json_object|application\/json|json)"/.test(asked)
      ? 'JSON'
      : 'none';
  const choice = tool_choice === undefined ? '' : `, choice ${JSON.stringify(tool_choice)}`;
  return `tools ${toolsIn(body).join('+') || 'none'}${choice}, shape ${shape}`;
}

/** What the requests of one question were: the first one beside its turns, each one's facts, the turns of the last. */
export function recordOf(bodies: readonly Body[]): readonly string[] {
  const [first = {}] = bodies;
  const last = bodies.at(-1) ?? {};
  return [
    `first ${JSON.stringify({ ...first, messages: undefined, input: undefined, contents: undefined })}`,
    ...bodies.map((body, nth) => `request ${nth + 1}: ${askedIn(body)}, turns ${turnsIn(body).length}`),
    ...turnsIn(last).map((turn) => JSON.stringify(turn)),
  ];
}
