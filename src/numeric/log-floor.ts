/** PyTorch's floor for each logarithm of binary cross-entropy on probabilities (torch.nn.BCELoss). */
export const LOG_FLOOR = -100;
