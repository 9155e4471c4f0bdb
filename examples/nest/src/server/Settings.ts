import { Injectable } from '@nestjs/common';

/** Settings from environment variables. */
@Injectable()
export class Settings {
  readonly port = Number(process.env['PORT'] ?? 3000);
  /** The built page. */
  readonly page = process.env['PAGE'] ?? new URL('../../../angular/dist/intake/browser', import.meta.url).pathname;
  readonly model = process.env['OPENAI_MODEL'] ?? 'gpt-4o-mini';
  /** Where answers are kept so that every instance can send them; in this process's memory if it is not set. */
  readonly redisUrl = process.env['REDIS_URL'];
  /** Requests per minute and address. */
  readonly rateLimit = Number(process.env['RATE_LIMIT'] ?? 60);
  /** How long answers under way may go on after the server was told to stop, in milliseconds. */
  readonly shutdownGrace = Number(process.env['SHUTDOWN_GRACE'] ?? 5000);
  readonly logLevel = process.env['LOG_LEVEL'] ?? 'info';
}
