import { BadRequestException, type PipeTransform } from '@nestjs/common';
import type { Type } from 'io-ts';

/** Lets in what the codec accepts, and says by name what it does not. */
export class CodecPipe<A> implements PipeTransform<unknown, A> {
  constructor(private readonly codec: Type<A, unknown>) {}

  transform(input: unknown): A {
    const decoded = this.codec.decode(input);
    if (decoded._tag === 'Right') return decoded.right;
    throw new BadRequestException(
      decoded.left.map(({ context }) => {
        const path = context.map(({ key }) => key).filter((key) => key !== '');
        return `${path.join('.') || 'body'}: expected ${context.at(-1)?.type.name ?? this.codec.name}`;
      }),
    );
  }
}
