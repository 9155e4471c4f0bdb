import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { AppModule } from './AppModule.js';
import { startModelServer } from './model/startModelServer.js';
import { JsonLogger } from './server/JsonLogger.js';
import { Settings } from './server/Settings.js';

const logger = pino({ level: new Settings().logLevel });

if (process.env['OPENAI_API_KEY'] === undefined) {
  const { url } = await startModelServer();
  Object.assign(process.env, { OPENAI_API_KEY: 'none needed', OPENAI_BASE_URL: url });
  logger.info({ url }, 'OPENAI_API_KEY is not set: asking an embedded model that reads by patterns');
}

const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: new JsonLogger(logger) });
const { page, port } = app.get(Settings);
app.use(pinoHttp({ logger, autoLogging: { ignore: ({ url }) => url === '/api/health' } }));
app.useStaticAssets(page);
app.enableShutdownHooks();
await app.listen(port);
logger.info({ url: (await app.getUrl()).replace('[::1]', 'localhost') }, 'ready');
