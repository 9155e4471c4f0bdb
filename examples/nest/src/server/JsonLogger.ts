import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages as lines of JSON, among those of the requests. */
export class JsonLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    this.pino.info(...line(message, context));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn(...line(message, context));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug(...line(message, context));
  }

  verbose(message: unknown, context?: string): void {
    this.pino.trace(...line(message, context));
  }

  fatal(message: unknown, context?: string): void {
    this.pino.fatal(...line(message, context));
  }

  /** Nest calls it as `(message, stack, context)` and as `(error, context)`. */
  error(message: unknown, ...rest: unknown[]): void {
    const [stack, context] = rest.length > 1 ? rest : [undefined, ...rest];
    this.pino.error({ ...line(message, context)[0], ...(typeof stack === 'string' && { stack }) });
  }
}

function line(message: unknown, context: unknown): [object] {
  const where = typeof context === 'string' ? { context } : {};
  if (message instanceof Error) return [{ ...where, err: message }];
  return [typeof message === 'object' ? { ...where, ...message } : { ...where, msg: String(message) }];
}
