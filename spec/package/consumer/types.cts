import OpenAI = require('openai');
import rxStructured = require('rx-structured');
import openai = require('rx-structured/openai');

export const model = openai.openaiChat(new OpenAI.OpenAI(), { model: 'gpt-4o-mini' });

export const isTyped = (error: unknown): error is rxStructured.JsonSyntaxError =>
  error instanceof rxStructured.JsonSyntaxError;
