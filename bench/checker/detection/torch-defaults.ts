// Of torch.autograd.gradcheck, its signature:
// https://github.com/pytorch/pytorch/blob/v2.13.0/torch/autograd/gradcheck.py

/** The step of its central differences. */
export const EPS = 1e-6;
export const ATOL = 1e-5;
export const RTOL = 1e-3;
