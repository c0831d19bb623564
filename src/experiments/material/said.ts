/** The pages come in the language of the project and in the material's. */
export type Language = 'en' | 'zh';

/** The same in each language: inline markdown. */
export type Said = { readonly [L in Language]: string };
