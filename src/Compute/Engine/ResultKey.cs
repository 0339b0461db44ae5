namespace Backprop.Compute.Engine;

/// <summary>Addresses a result of a query.</summary>
/// <param name="Role">What the result is.</param>
/// <param name="Name">The name of the graph's value that it belongs to, or empty if the role has one result.</param>
/// <param name="Number">The number of the panel or use that it belongs to, if results of the role are numbered.</param>
public readonly record struct ResultKey(ResultRole Role, string Name = "", int Number = 0)
{
    /// <summary>The value of the output that is differentiated.</summary>
    public static ResultKey Value { get; } = new(ResultRole.Value);

    /// <summary>The 2-norm of all gradients together.</summary>
    public static ResultKey GradientNorm { get; } = new(ResultRole.GradientNorm);

    /// <summary>The value of an output.</summary>
    public static ResultKey Output(string name) => new(ResultRole.Output, name);

    /// <summary>The value of any value of the graph.</summary>
    public static ResultKey Primal(string name) => new(ResultRole.Primal, name);

    /// <summary>The gradient with respect to a value.</summary>
    public static ResultKey Gradient(string name) => new(ResultRole.Gradient, name);

    /// <summary>The tangent of an output.</summary>
    public static ResultKey Tangent(string name) => new(ResultRole.Tangent, name);

    /// <summary>The rows of a Hessian-vector product that belong to an input.</summary>
    public static ResultKey HessianProduct(string name) => new(ResultRole.HessianProduct, name);

    /// <summary>A panel of a Jacobian or Hessian.</summary>
    public static ResultKey JacobianPanel(int number) => new(ResultRole.JacobianPanel, Number: number);

    /// <summary>What a use of a value contributes to its gradient.</summary>
    public static ResultKey Contribution(int use) => new(ResultRole.Contribution, Number: use);

    /// <summary>The derivative of a node with respect to the operand of a use.</summary>
    public static ResultKey LocalDerivative(int use) => new(ResultRole.LocalDerivative, Number: use);

    /// <summary>A value that is kept for the backward pass.</summary>
    public static ResultKey Saved(string name) => new(ResultRole.Saved, name);
}
