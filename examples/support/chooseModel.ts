import OpenAI from 'openai';
import { startModelServer } from './modelServer.js';

export interface ChosenModel {
  readonly client: OpenAI;
  readonly model: string;
  /** For examples that ask several models: OPENAI_MODELS, separated by commas. */
  readonly models: readonly string[];
  /** Stops the server, if one was started. */
  readonly close: () => void;
}

/** The model that the environment names; without OPENAI_API_KEY, one in this process that is reached over HTTP. */
export async function chooseModel(): Promise<ChosenModel> {
  const {
    OPENAI_API_KEY,
    OPENAI_MODEL: model = 'gpt-4o-mini',
    OPENAI_MODELS = 'gpt-4o-mini,gpt-4.1-mini,gpt-4.1',
  } = process.env;
  const models = OPENAI_MODELS.split(',');
  if (OPENAI_API_KEY) {
    const client = new OpenAI();
    console.error(`asking ${model} at ${client.baseURL}`);
    return { client, model, models, close: () => undefined };
  }
  const server = await startModelServer({ pace: 'human' });
  console.error(`asking an embedded model at ${server.openaiUrl}: OPENAI_API_KEY is not set`);
  return {
    client: new OpenAI({ apiKey: 'none needed', baseURL: server.openaiUrl }),
    model,
    models,
    close: () => void server.stop(),
  };
}
