/**
 * How a request is made: the same options for all models. An option that an SDK does not have is left out by its
 * model.
 */
export interface RequestOptions {
  /** Sent along; they replace those of the same name that the model has by itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds after which an SDK gives up. */
  readonly timeout?: number;
  /** How often an SDK repeats a request that failed before the answer began. */
  readonly maxRetries?: number;
  /** Tells the provider that a repeated request is the same one. */
  readonly idempotencyKey?: string;
}

/** The options of an SDK, with those of a question on top. */
export function withOptions<O extends object>(own: O | undefined, options: RequestOptions | undefined): O | undefined {
  if (options === undefined) return own;
  const { headers, ...rest } = options;
  const before = own !== undefined && 'headers' in own ? own.headers : undefined;
  return { ...own, ...rest, ...(headers && { headers: withHeaders(before, headers) }) } as unknown as O;
}

/** Names of headers are the same in any case. */
function withHeaders(before: unknown, headers: Readonly<Record<string, string>>): object {
  const replaced = Object.keys(headers).map((name) => name.toLowerCase());
  const kept = Object.entries(toPlainHeaders(before)).filter(([name]) => !replaced.includes(name.toLowerCase()));
  return { ...Object.fromEntries<unknown>(kept), ...headers };
}

/** An SDK takes headers in any form that `fetch` does. */
function toPlainHeaders(headers: unknown): object {
  if (headers instanceof Headers || Array.isArray(headers))
    return Object.fromEntries(new Headers(headers as HeadersInit));
  return typeof headers === 'object' && headers !== null ? headers : {};
}
