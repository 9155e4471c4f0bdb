import { fromCompletion, ProviderError, textDeltas, type CompletionEvent, type CompletionModel } from 'rx-structured';

export interface OllamaMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface OllamaParams {
  readonly model: string;
  /** As Ollama has them: `temperature`, `num_ctx`, `num_predict` … */
  readonly options?: Readonly<Record<string, unknown>>;
}

interface OllamaChunk {
  readonly model: string;
  readonly message?: { readonly content?: string; readonly thinking?: string };
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
  readonly error?: string;
}

/** A document per line; a line may come in any number of pieces. */
async function* readLines(body: NonNullable<Response['body']>): AsyncGenerator<OllamaChunk> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as OllamaChunk;
  }
  if (rest !== '') yield JSON.parse(rest) as OllamaChunk;
}

async function request(url: string, body: object, signal: AbortSignal): Promise<AsyncIterable<OllamaChunk>> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), signal });
  if (!response.ok || response.body === null) throw new ProviderError(await response.json());
  return readLines(response.body);
}

function* toEvents(chunk: OllamaChunk): Generator<CompletionEvent> {
  const { message, done, done_reason: reason = 'stop', prompt_eval_count, eval_count } = chunk;
  if (chunk.error !== undefined) throw new ProviderError(chunk);
  if (message?.thinking) yield { type: 'reasoning-delta', text: message.thinking };
  if (message?.content) yield { type: 'text-delta', text: message.content };
  if (!done) return;
  yield { type: 'usage', inputTokens: prompt_eval_count ?? 0, outputTokens: eval_count ?? 0, raw: chunk };
  yield { type: 'finish', reason: reason === 'stop' || reason === 'length' ? reason : 'other', raw: reason };
}

/** A model behind Ollama's own API, held to the answer's schema by its grammar. No SDK is needed. */
export function ollamaModel(host: string, params: OllamaParams): CompletionModel<OllamaMessage> {
  return {
    dialect: 'open',
    toText: () => textDeltas({ tool: false }),
    ask: ({ messages, answer, failures, idleTimeout }) => {
      const turns = failures.flatMap(({ text, correction }): OllamaMessage[] => [
        { role: 'assistant', content: text },
        { role: 'user', content: correction },
      ]);
      const body = { ...params, messages: [...messages, ...turns], format: answer.schema, stream: true };
      return fromCompletion((signal) => request(`${host}/api/chat`, body, signal), toEvents, { idleTimeout });
    },
  };
}
