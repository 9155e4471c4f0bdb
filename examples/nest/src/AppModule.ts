import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import OpenAI from 'openai';
import { AnswerLog } from './extraction/AnswerLog.js';
import { ExtractionController } from './extraction/ExtractionController.js';
import { Extractor } from './extraction/Extractor.js';
import { MemoryAnswerLog } from './extraction/MemoryAnswerLog.js';
import { RedisAnswerLog } from './extraction/RedisAnswerLog.js';
import { Settings } from './server/Settings.js';
import { Shutdown } from './server/Shutdown.js';

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Module({
  imports: [
    SettingsModule,
    ThrottlerModule.forRootAsync({
      imports: [SettingsModule],
      inject: [Settings],
      useFactory: ({ rateLimit }: Settings) => [{ ttl: 60_000, limit: rateLimit }],
    }),
  ],
  controllers: [ExtractionController],
  providers: [
    Extractor,
    Shutdown,
    { provide: APP_GUARD, useClass: ThrottlerGuard },
    // The user is waiting and can ask again, so an error now is better than the SDK's own retries.
    { provide: OpenAI, useFactory: () => new OpenAI({ maxRetries: 0 }) },
    {
      provide: AnswerLog,
      inject: [Settings],
      useFactory: ({ redisUrl }: Settings) =>
        redisUrl === undefined ? new MemoryAnswerLog() : RedisAnswerLog.connect(redisUrl),
    },
  ],
})
export class AppModule {}
