import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  NotFoundException,
  Param,
  ParseUUIDPipe,
  Post,
  Sse,
} from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { toMessageEvents, toSseResponse } from 'rx-structured/sse';
import type { Observable } from 'rxjs';
import { ExtractionRequest } from '../contract/ExtractionRequest.js';
import { CodecPipe } from '../server/CodecPipe.js';
import { Shutdown } from '../server/Shutdown.js';
import { AnswerLog } from './AnswerLog.js';
import { Extractor } from './Extractor.js';

@Controller('api')
export class ExtractionController {
  constructor(
    private readonly extractor: Extractor,
    private readonly log: AnswerLog,
    private readonly shutdown: Shutdown,
  ) {}

  /** An extraction that lasts as long as the client is connected: leaving aborts the model's request. */
  @Post('extractions/live')
  live(@Body(new CodecPipe(ExtractionRequest)) { text }: ExtractionRequest): Response {
    return toSseResponse(this.extractor.extract(text));
  }

  /** An extraction that goes on without anybody watching, until it is deleted. */
  @Post('extractions')
  @HttpCode(202)
  async begin(@Body(new CodecPipe(ExtractionRequest)) { text }: ExtractionRequest): Promise<{ readonly id: string }> {
    const id = crypto.randomUUID();
    await this.log.begin(id, this.extractor.extract(text));
    return { id };
  }

  /** Watches it, from the beginning or from the event after `Last-Event-ID`. */
  @Sse('extractions/:id/events')
  @SkipThrottle()
  async events(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<Observable<MessageEvent>> {
    const events = await this.log.follow(id);
    if (events === undefined) throw new NotFoundException('There is no such extraction.');
    return events.pipe(toMessageEvents({ lastEventId, resumable: true }));
  }

  @Delete('extractions/:id')
  @HttpCode(204)
  @SkipThrottle()
  async end(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.log.end(id);
  }

  @Get('health')
  @SkipThrottle()
  health(): object {
    return { instance: process.pid, underWay: this.shutdown.underWay };
  }
}
