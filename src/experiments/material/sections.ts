import type { Said } from './said.ts';

/** A part of the material that gets a heading of its own. */
export interface Part {
  /** As claims and findings name them. */
  readonly sections: readonly string[];
  readonly title: Said;
}

export const parts: readonly Part[] = [
  {
    sections: ['1', '1.1', '1.2'],
    title: { en: '1–1.2: layers, gradients, the runner', zh: '1–1.2：算子、梯度与运行器' },
  },
  {
    sections: ['1.3', '1.4'],
    title: { en: '1.3–1.4: the two-layer network', zh: '1.3–1.4：两层网络' },
  },
  {
    sections: ['1 附'],
    title: { en: '1 附: one layer more', zh: '1 附：再加一层' },
  },
  {
    sections: ['2.1'],
    title: { en: '2.1: parameters of zero', zh: '2.1：全零初始化' },
  },
  {
    sections: ['2.2', '2.2.1', '2.2.2', '2.2.3'],
    title: { en: '2.2: vanishing gradients', zh: '2.2：梯度消失' },
  },
  {
    sections: ['3', '3.1', '3.2'],
    title: { en: '3: dying ReLU', zh: '3：死亡 ReLU' },
  },
  {
    sections: ['总结'],
    title: { en: '总结: the closing question', zh: '总结：思考题' },
  },
];

/** Those of each part that has any, in their order. Throws where one's section is in no part. */
export function byPart<T extends { readonly section: string }>(
  all: readonly T[],
): readonly { readonly part: Part; readonly of: readonly T[] }[] {
  for (const { section } of all) {
    if (parts.some(({ sections }) => sections.includes(section))) continue;
    const there = parts.flatMap(({ sections }) => sections).join(', ');
    throw new RangeError(`section "${section}" of the material: there are ${there}`);
  }
  return parts
    .map((part) => ({ part, of: all.filter(({ section }) => part.sections.includes(section)) }))
    .filter(({ of }) => of.length > 0);
}
