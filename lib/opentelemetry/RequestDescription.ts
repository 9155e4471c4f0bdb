import type { Attributes } from '@opentelemetry/api';

/** Where requests go, and with which parameters. */
export interface RequestDescription {
  /** Where the requests go: the client's `baseURL`. */
  readonly baseURL?: string | undefined;
  /**
   * The parameters of the request, as the model was given them. The numbers among them that the conventions know are
   * recorded, and no text.
   */
  readonly params?: object;
}

/** The conventions' names, and the providers' names for the same. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  'gen_ai.request.max_tokens': ['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'maxOutputTokens'],
  'gen_ai.request.temperature': ['temperature'],
  'gen_ai.request.top_p': ['top_p', 'topP'],
  'gen_ai.request.top_k': ['top_k', 'topK'],
  'gen_ai.request.frequency_penalty': ['frequency_penalty', 'frequencyPenalty'],
  'gen_ai.request.presence_penalty': ['presence_penalty', 'presencePenalty'],
  'gen_ai.request.seed': ['seed'],
};

/** `server.address` and `server.port`, for spans and metrics alike. */
export function describeServer({ baseURL }: RequestDescription): Attributes {
  if (baseURL === undefined || !URL.canParse(baseURL)) return {};
  const { hostname, port, protocol } = new URL(baseURL);
  if (hostname === '') return {};
  return { 'server.address': hostname, 'server.port': Number(port) || (protocol === 'http:' ? 80 : 443) };
}

/** The recorded parameters of a request. */
export function describeParameters({ params = {} }: RequestDescription): Attributes {
  const given = new Map<string, unknown>(Object.entries(params));
  const attributes: Attributes = {};
  for (const [name, keys] of Object.entries(NUMBERS)) {
    const value = keys.map((key) => given.get(key)).find((each) => typeof each === 'number');
    if (typeof value === 'number') attributes[name] = value;
  }
  const count = given.get('n');
  if (typeof count === 'number' && count !== 1) attributes['gen_ai.request.choice.count'] = count;
  return attributes;
}
