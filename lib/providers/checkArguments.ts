import { describeValue } from '../foundation/describeValue.js';

/** The arguments of a model's function, as JavaScript may have got them wrong. */
export interface ModelArguments {
  readonly client?: unknown;
  /** The function of the client that is called, where there is a client: `chat.completions.create`. */
  readonly method?: string;
  readonly params: unknown;
  /** For a model, which asks in one of several modes. */
  readonly mode?: string;
  readonly modes?: readonly string[];
}

/**
 * Checks the arguments of which a model is made.
 *
 * @param caller The function that was called.
 * @throws TypeError that says what was expected.
 */
export function checkArguments(caller: string, { client, method, params, mode = '', modes }: ModelArguments): void {
  if (method !== undefined && typeof readMember(client, method) !== 'function')
    throw new TypeError(`${caller}: expected a client with ${method}, got ${describeValue(client)}`);
  if (typeof params !== 'object' || params === null)
    throw new TypeError(`${caller}: expected the parameters of a request, { model: … }, got ${describeValue(params)}`);
  if (modes?.includes(mode) === false)
    throw new TypeError(`${caller}: expected one of the modes ${modes.join(', ')}, got ${describeValue(mode)}`);
}

function readMember(client: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (here, step) => (typeof here === 'object' && here !== null ? (Reflect.get(here, step) as unknown) : undefined),
      client,
    );
}
