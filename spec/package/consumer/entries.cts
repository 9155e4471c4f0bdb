import aiSdk = require('rx-structured/ai-sdk');
import anthropic = require('rx-structured/anthropic');
import inspector = require('rx-structured/inspector');
import models = require('rx-structured/models');
import ollama = require('rx-structured/ollama');
import openai = require('rx-structured/openai');
import opentelemetry = require('rx-structured/opentelemetry');
import sse = require('rx-structured/sse');
import testing = require('rx-structured/testing');

export const entries = [aiSdk, anthropic, inspector, models, ollama, openai, opentelemetry, sse, testing];

export const model = ollama.ollamaChat({ model: 'llama3.2' });
