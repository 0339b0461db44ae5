namespace Backprop.Domain.Graphs;

/// <summary>Computes one node from the values of its operands. The domain has no kernels; code that needs numbers receives one of these.</summary>
public delegate Tensor Evaluator(Node node, IReadOnlyList<Tensor> operands, CancellationToken cancellationToken);
