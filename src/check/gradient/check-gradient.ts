import { random } from '../../numeric/random.ts';
import { type CheckOptions, settingsOf } from './check-options.ts';
import type { CheckResult } from './check-result.ts';
import { concluded, refused } from './conclude.ts';
import { type Examined, examine } from './examine.ts';
import type { GradientCase } from './gradient-case.ts';
import { guardOf } from './guard.ts';
import { subjectOf } from './subject.ts';

/**
 * Is this gradient right; if not, what is wrong and where; and how sure is that? What the case's
 * functions do wrong is in the result; only a malformed case or option throws, a TypeError or a
 * RangeError. The same case and seed give the same result.
 */
export function checkGradient(given: GradientCase, options?: CheckOptions): CheckResult {
  const settings = settingsOf(options);
  const subject = subjectOf(given);
  const guard = guardOf(given, subject);
  const source = random(settings.seed);
  const examined: Examined[] = [];
  for (const point of subject.points.keys()) {
    const found = examine(subject, guard, point, settings, source.fork(point));
    if (found.kind === 'refused') return refused(subject, guard, found);
    examined.push(found);
  }
  return concluded(subject, guard, settings, examined, source.fork(-1));
}
