import { Arbitrary, type Random as Source, type Stream, stream, Value } from 'fast-check';
import { type Random, random } from '../../numeric/random.ts';

/**
 * An arbitrary whose values say themselves what is smaller, the most wanted first. fast-check goes on
 * from the first smaller value that still fails; `smaller` must lead to an end from everywhere.
 */
export const shrinking = <T>(
  draw: (r: Random) => T,
  smaller: (value: T) => Iterable<T>,
): Arbitrary<T> => new Shrinking(draw, smaller);

class Shrinking<T> extends Arbitrary<T> {
  readonly #draw: (r: Random) => T;
  readonly #smaller: (value: T) => Iterable<T>;

  constructor(draw: (r: Random) => T, smaller: (value: T) => Iterable<T>) {
    super();
    this.#draw = draw;
    this.#smaller = smaller;
  }

  override generate(source: Source): Value<T> {
    return new Value(this.#draw(random(source.nextInt())), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is T {
    return false;
  }

  override shrink(value: T): Stream<Value<T>> {
    return stream(this.#smaller(value)[Symbol.iterator]() as IterableIterator<T>).map(
      (smaller) => new Value(smaller, undefined),
    );
  }
}
