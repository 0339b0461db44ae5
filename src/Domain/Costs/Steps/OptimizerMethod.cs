using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>An optimizer.</summary>
public enum OptimizerMethod
{
    /// <summary>None.</summary>
    None,

    /// <summary>Stochastic gradient descent.</summary>
    Sgd,

    /// <summary>With momentum.</summary>
    SgdMomentum,

    /// <summary>Adam.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    Adamw,

    /// <summary>Adam with 8-bit moments.</summary>
    Adam8bit,

    /// <summary>Lion.</summary>
    Lion,

    /// <summary>Muon.</summary>
    Muon,

    /// <summary>Adafactor.</summary>
    Adafactor,
}

/// <summary>The state and the work of optimizers.</summary>
public static class OptimizerCosts
{
    private const int NewtonSchulzSteps = 5;

    /// <summary>Whether training keeps a copy of the weights in fp32 unless told otherwise: if they are updated and stored in 16 bits.</summary>
    /// <param name="method">The optimizer.</param>
    /// <param name="precision">The precision of the weights.</param>
    public static bool KeepsMasterWeights(this OptimizerMethod method, ComputePrecision precision) =>
        precision.IsShort() && method != OptimizerMethod.None;

    /// <summary>
    /// Bytes of state: two moments (Adam; of 8 bits each, Dettmers et al. 2022), one (momentum, Lion, Muon), none, or one number for each row and
    /// column of a matrix (Adafactor, Shazeer and Stern 2018; negligible if only the count of parameters is known).
    /// </summary>
    /// <param name="method">The optimizer.</param>
    /// <param name="model">The model.</param>
    /// <param name="bytes">Bytes per element of a full moment.</param>
    public static double StateBytes(this OptimizerMethod method, ModelProfile model, int bytes) => method switch
    {
        OptimizerMethod.Adam or OptimizerMethod.Adamw => 2.0 * bytes * (double)model.Parameters,
        OptimizerMethod.Adam8bit => 2.0 * (double)model.Parameters,
        OptimizerMethod.SgdMomentum or OptimizerMethod.Lion or OptimizerMethod.Muon => bytes * (double)model.Parameters,
        OptimizerMethod.Adafactor => bytes * FactoredNumbers(model),
        _ => 0,
    };

    /// <summary>
    /// FLOPs of one update. Per parameter, counted from the update's formula: descent 2 (scale, subtract), momentum 4, Lion 8, Adafactor 10, Adam 13
    /// and one root (two moments 7, bias corrections 2, root plus ε 1, quotient 1, step 2), AdamW 15, Adam of 8 bits 17 (each moment scaled in and
    /// out). Muon adds five steps of Newton and Schulz, 4n²m + 2n³ each for a matrix n×m, n ≤ m (Jordan et al. 2024).
    /// </summary>
    public static double Flops(this OptimizerMethod method, ModelProfile model) =>
        (FlopsByParameter(method) * (double)model.Parameters) + (method == OptimizerMethod.Muon ? Orthogonalisation(model) : 0);

    /// <summary>FLOPs per parameter, without Muon's additional ones.</summary>
    public static int FlopsByParameter(this OptimizerMethod method) => method switch
    {
        OptimizerMethod.None => 0,
        OptimizerMethod.Sgd => 2,
        OptimizerMethod.SgdMomentum or OptimizerMethod.Muon => 4,
        OptimizerMethod.Lion => 8,
        OptimizerMethod.Adafactor => 10,
        OptimizerMethod.Adam => 13,
        OptimizerMethod.Adamw => 15,
        _ => 17,
    };

    private static double FactoredNumbers(ModelProfile model) => model.Configuration is not { } configuration
        ? 0
        : WeightMatrix.Of(configuration).Sum(matrix => (double)matrix.Stored * ((double)matrix.In + matrix.Out))
            + configuration.Vocabulary + configuration.Hidden + (double)ParameterCount.Of(configuration).Norms;

    private static double Orthogonalisation(ModelProfile model) => model.Configuration is not { } configuration
        ? 0
        : WeightMatrix.Of(configuration).Where(matrix => matrix.Part != TransformerPart.Logits).Sum(matrix =>
        {
            (double n, double m) = (Math.Min(matrix.In, matrix.Out), Math.Max(matrix.In, matrix.Out));
            return (double)matrix.Stored * NewtonSchulzSteps * ((4 * n * n * m) + (2 * n * n * n));
        });
}
