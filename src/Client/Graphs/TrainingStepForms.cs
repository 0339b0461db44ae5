namespace Backprop.Client.Graphs;

/// <summary>How a training step updates the parameters: an operator of ONNX's ai.onnx.preview.training with its defaults.</summary>
public enum TrainingRule
{
    /// <summary>Adam: averages of the gradient (0.9) and of its square (0.999).</summary>
    Adam,

    /// <summary>Adagrad: the sum of squared gradients.</summary>
    Adagrad,

    /// <summary>Gradient descent with a momentum of 0.9.</summary>
    Momentum,
}

/// <summary>The form of a gradient graph.</summary>
public enum GradientForm
{
    /// <summary>As the operators that compute the gradient.</summary>
    Expanded,

    /// <summary>As the graph itself, followed by ONNX's operator Gradient.</summary>
    Operator,
}
