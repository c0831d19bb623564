import type { Column } from '../../src/report/report.ts';

/** Of words. */
export const left = (key: string, title: string): Column => ({ key, title, align: 'left' });

/** Of numbers. */
export const right = (key: string, title: string): Column => ({ key, title, align: 'right' });
