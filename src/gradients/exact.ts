import type { Decimal } from '../numeric/decimal.ts';
import { assertCall, assertPreparation, type Prepared } from './assert-call.ts';
import { type ExactReference, exactReference } from './exact/reference.ts';
import type { GradientMethod, PreparedGradient } from './method.ts';

/**
 * The exact gradient, correctly rounded: the definition over decimals, differentiated unit by unit
 * and joined by the chain rule, at 60 digits and more. `holdAgainstDifferences` holds it against
 * differences that use no derivative rule. At a kink the branch is the one of the exact values,
 * which may not be the doubles': `kinkedRows` names the rows where it is not.
 */
export const exact: GradientMethod = {
  name: 'exact',
  prepare: async (model, shape, options = {}) => {
    assertPreparation(shape, options);
    const multiplications = model.layout.size * shape.rows;
    if (multiplications > MULTIPLICATION_LIMIT) {
      const why = `${model.name} at ${shape.rows} rows: ${multiplications} multiplications of decimals a pass, above ${MULTIPLICATION_LIMIT}; give it fewer rows or a smaller network`;
      return { kind: 'unsupported', why };
    }
    const reference = await exactReference(model);
    return { kind: 'prepared', run: prepared({ model, shape, options }, reference) };
  },
};

/** At 0.1 to 0.3 ms each, with 60 digits: up to a minute; rows that need more digits cost more. */
const MULTIPLICATION_LIMIT = 2e5;

const prepared = (call: Prepared, reference: ExactReference): PreparedGradient => ({
  valueAndGrad(params, batch, into, extra = {}) {
    assertCall(call, params, batch, into, extra);
    const result = reference(params, batch);
    into.values.set(rounded(result.params));
    extra.outputs?.data.set(rounded(result.outputs));
    extra.inputs?.data.set(rounded(result.inputs));
    return result.loss.toNumber();
  },
});

const rounded = (values: readonly Decimal[]): number[] => values.map((v) => v.toNumber());
