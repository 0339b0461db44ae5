using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>The 2-norm over axes: that of interleaved parts, and then the norm of these. Only the last pass adds the ε under the root.</summary>
internal static class DeviceNorms
{
    /// <summary>The launches of a norm.</summary>
    public static void Prepare(StepPreparation step)
    {
        double epsilon = Norms.Epsilon(step.Node);
        ValueLayout x = step.Operands[0];
        if (x.Count == 0)
        {
            Copies.Fill(step, step.Single(Math.Sqrt(epsilon), x.DType), step.Result);
            return;
        }

        AxisView[] passes = AxisGroups.Passes(step.Node);
        passes = passes.Length > 0 ? passes : [new AxisView(checked((int)x.Count), 1, 1)];

        DeviceReductions.Run(step, passes, (from, axis, to, isLast) =>
        {
            long added = BitConverter.DoubleToInt64Bits(isLast ? epsilon : 0);
            if (x.DType == DType.Float64)
            {
                DeviceReductions.Reduce<double, NormFold<double, Arithmetic64>>(step, from, axis, to, added);
            }
            else
            {
                DeviceReductions.Reduce<float, NormFold<float, Arithmetic32>>(step, from, axis, to, added);
            }
        });
    }

    /// <summary>The root of the sum of squares and of what is given. A part is read again if its squares left the range.</summary>
    private readonly struct NormFold<T, A> : IFold<T>
        where T : unmanaged
        where A : struct, IReal<T>
    {
        public static T Of(AxisPart<T> part, long added)
        {
            T epsilon = A.Given(added), sum = epsilon;
            for (int i = part.First; i < part.Length; i += part.Stride)
            {
                T element = part[i];
                sum = A.MultiplyAdd(element, element, sum);
            }

            T scale = A.NormScale(sum), scaled = A.Mul(A.Mul(epsilon, scale), scale);
            if (A.IsOutOfRange(sum))
            {
                for (int i = part.First; i < part.Length; i += part.Stride)
                {
                    T element = A.Mul(part[i], scale);
                    scaled = A.MultiplyAdd(element, element, scaled);
                }

                sum = scaled;
            }

            return A.Div(A.Sqrt(sum), scale);
        }
    }
}
