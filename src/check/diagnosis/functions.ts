/** What a gradient may wrongly be multiplied by, and its reciprocal. */
export interface NamedFunction {
  readonly name: string;
  readonly at: (value: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Of the parameter or input x; a forgotten factor is a reciprocal. */
const OF_X: readonly NamedFunction[] = [
  { name: 'x', at: (x) => x },
  { name: '|x|', at: Math.abs },
  { name: 'x²', at: (x) => x * x },
  { name: 'x³', at: (x) => x ** 3 },
  { name: '√x', at: Math.sqrt },
  { name: '(1 − x)', at: (x) => 1 - x },
  { name: '(1 + x)', at: (x) => 1 + x },
  { name: 'x(1 − x)', at: (x) => x * (1 - x) },
  { name: '(1 − x²)', at: (x) => 1 - x * x },
  { name: '(1 + x²)', at: (x) => 1 + x * x },
  { name: 'exp(x)', at: Math.exp },
  { name: 'log(x)', at: Math.log },
  { name: 'sigmoid(x)', at: sigmoid },
  { name: '(1 − sigmoid(x))', at: (x) => sigmoid(-x) },
  { name: 'sigmoid′(x)', at: (x) => sigmoid(x) * sigmoid(-x) },
  { name: '(1 + sigmoid(x))', at: (x) => 1 + sigmoid(x) },
  { name: 'tanh(x)', at: Math.tanh },
  { name: 'tanh′(x)', at: (x) => 1 - Math.tanh(x) ** 2 },
  { name: 'sin(x)', at: Math.sin },
  { name: 'cos(x)', at: Math.cos },
  { name: 'tan(x)', at: Math.tan },
];

export const FUNCTIONS_OF_X: readonly NamedFunction[] = OF_X.flatMap(({ name, at }) => [
  { name, at },
  { name: `1/${name}`, at: (x: number) => 1 / at(x) },
]);

/** What a whole entry may be of the right entry g. */
export const FUNCTIONS_OF_TRUTH: readonly NamedFunction[] = [
  { name: 'g²', at: (g) => g * g },
  { name: 'g³', at: (g) => g ** 3 },
  { name: 'g·|g|', at: (g) => g * Math.abs(g) },
  { name: '1/g', at: (g) => 1 / g },
  { name: '1/g²', at: (g) => 1 / (g * g) },
  { name: '√|g| with the sign of g', at: (g) => Math.sign(g) * Math.sqrt(Math.abs(g)) },
  { name: '√|g|', at: (g) => Math.sqrt(Math.abs(g)) },
  { name: 'sign(g)', at: Math.sign },
  { name: 'g(1 − g)', at: (g) => g * (1 - g) },
  { name: 'g(1 + g)', at: (g) => g * (1 + g) },
  { name: '1 − g', at: (g) => 1 - g },
];
