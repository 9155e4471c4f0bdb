import * as E from 'fp-ts/lib/Either.js';
import { lastValueFrom, toArray, type Observable } from 'rxjs';
import type { CompletionModel } from '../lib/completions/CompletionModel.js';
import type { InvalidAnswer } from '../lib/decoded/InvalidAnswer.js';
import { anthropicMessages, type AnthropicMode } from '../lib/providers/anthropic/anthropicMessages.js';
import { openaiChat } from '../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../lib/providers/openai/openaiResponses.js';
import { structuredCompletion, type StructuredAnswer } from '../lib/answers/structuredCompletion.js';
import { codecOf } from './codecOf.js';
import { anthropic, openai } from './reading.js';
import type { Recording } from './Recording.js';
import type { ReplayServer } from './ReplayServer.js';

/** Recordings that belong together: an answer that is wrong, and the ones that were given when it was asked again. */
export function sequences(recordings: readonly Recording[]): Recording[][] {
  const byId = new Map<string, Recording[]>();
  for (const recording of recordings) {
    if (recording.sequence === undefined) continue;
    const { id } = recording.sequence;
    byId.set(id, [...(byId.get(id) ?? []), recording]);
  }
  const step = ({ sequence }: Recording): number => sequence?.step ?? 0;
  return [...byId.values()].map((steps) => steps.sort((a, b) => step(a) - step(b)));
}

/** The mode in which the answer was asked for: it says where in it the JSON stands. */
function modeOf({ feature, expect }: Recording): AnthropicMode {
  if (feature.some((each) => each.startsWith('fenced'))) return 'text';
  return expect.text === '' && expect.toolCalls.length > 0 ? 'tool' : 'json-schema';
}

interface UserMessage {
  readonly role: 'user';
  readonly content: string;
}

function modelOf(recording: Recording, url: string): CompletionModel<UserMessage> {
  const config = { mode: modeOf(recording) };
  const model = 'replay';
  if (recording.api === 'chat') return openaiChat(openai(url), { model }, config);
  if (recording.api === 'responses') return openaiResponses(openai(url), { model }, config);
  return anthropicMessages(anthropic(url), { model, max_tokens: 1024 }, config);
}

const said = ({ expect }: Recording): string => expect.toolCalls[0]?.arguments ?? expect.text;

/** What JSON.stringify makes of a text inside another document, without its quotes. */
const inside = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A tool call may be repeated as an object, not as text: what counts is that the same values are there. */
function repeats(body: unknown, text: string): boolean {
  const sent = JSON.stringify(body);
  try {
    return sent.includes(inside(text)) || sent.includes(JSON.stringify(JSON.parse(text)));
  } catch {
    return sent.includes(inside(text));
  }
}

/** Answers a conversation with the recordings, and says what is wrong with how it went. */
export async function reask(server: ReplayServer, steps: readonly Recording[], chunking: string): Promise<string[]> {
  const [first] = steps;
  if (first?.schema === undefined) return ['there is no schema'];
  const session = `${first.file}-${chunking}`.replaceAll(/\W/g, '-');
  const files = steps.map(({ file }) => file);
  const url = server.baseUrl(files, [chunking, `session=${session}`].filter((each) => each !== '').join(';'));
  const answers: Observable<E.Either<InvalidAnswer, StructuredAnswer<unknown>>> = structuredCompletion(
    modelOf(first, url),
    {
      codec: codecOf(first.schema),
      messages: [{ role: 'user', content: 'Replay.' }],
      retries: steps.length - 1,
    },
  );
  const values = await lastValueFrom(answers.pipe(toArray()), { defaultValue: [] });
  const lefts = values.flatMap((each) => (E.isLeft(each) ? [each.left] : []));
  const requests = await server.requests(session);
  const bodies = requests.map(({ body }) => body);

  const wrong: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(`${what} (${chunking || 'whole events'})`);
  };
  const last = values.at(-1);
  check(last !== undefined && E.isRight(last) && last.right._tag === 'Complete', 'the last answer is not Complete');
  check(lefts.length === steps.length - 1, `${lefts.length} Lefts`);
  check(bodies.length === steps.length, `${bodies.length} requests`);
  lefts.forEach((left, index) => {
    const body = bodies[index + 1];
    const text = steps[index] && said(steps[index]);
    check(left.attempt === index + 1, `attempt ${left.attempt} in place of ${index + 1}`);
    // A Left may come before the answer is whole: then as much of it is repeated as was read.
    check(text?.includes(left.text) === true && repeats(body, left.text), 'the answer is not repeated');
    check(JSON.stringify(body).includes(inside(left.message)), 'the reasons are not in the request');
  });
  return wrong;
}
