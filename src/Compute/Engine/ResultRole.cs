namespace Backprop.Compute.Engine;

/// <summary>What a result of a query is.</summary>
public enum ResultRole
{
    /// <summary>The value of the output that is differentiated.</summary>
    Value,

    /// <summary>The value of a named output.</summary>
    Output,

    /// <summary>The value of any named value of the graph.</summary>
    Primal,

    /// <summary>The gradient of the output with respect to a named value.</summary>
    Gradient,

    /// <summary>The 2-norm of all gradients together.</summary>
    GradientNorm,

    /// <summary>The tangent of a named output.</summary>
    Tangent,

    /// <summary>The rows of a Hessian-vector product that belong to a named input.</summary>
    HessianProduct,

    /// <summary>A numbered panel of a Jacobian or Hessian.</summary>
    JacobianPanel,

    /// <summary>What a numbered use of a value contributes to its gradient.</summary>
    Contribution,

    /// <summary>The derivative of a node with respect to one operand, by the number of the use.</summary>
    LocalDerivative,

    /// <summary>A named value that is kept for the backward pass; it leaves the results before the graph is planned.</summary>
    Saved,
}
