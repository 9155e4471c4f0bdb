/**
 * How a model is held to the shape of the answer.
 *
 * - `json-schema`: the provider's own structured outputs: the decoder of the model can write nothing else.
 * - `tool`: one tool whose arguments are the answer, and which the model must call.
 * - `json-object`: any JSON object is guaranteed; its shape is asked for in the prompt.
 * - `text`: nothing is guaranteed; the shape is asked for in the prompt, and the JSON is looked for in the text.
 */
export type AnswerMode = 'json-schema' | 'tool' | 'json-object' | 'text';
