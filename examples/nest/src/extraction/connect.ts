import { Logger } from '@nestjs/common';
import { createClient } from 'redis';

export type RedisClient = ReturnType<typeof clientOf>;

const clientOf = (url: string) => createClient({ url });

/** A connection that comes back by itself. Without a listener for its errors it would end the process instead. */
export async function connect(url: string): Promise<RedisClient> {
  const logger = new Logger('Redis');
  const client = clientOf(url);
  client.on('error', (err: unknown) => {
    logger.error({ err });
  });
  await client.connect();
  return client;
}
