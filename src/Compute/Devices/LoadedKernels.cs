using System.Collections.Concurrent;
using System.Reflection;
using Backprop.Compute.Caching;
using Backprop.Compute.Devices.Emission;
using Backprop.Compute.Devices.Kernels;
using Backprop.Compute.Devices.Memory;
using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices;

/// <summary>
/// The kernels compiled for a device: the written ones permanently, the emitted ones as long as they are among the most recently used.
/// </summary>
/// <param name="accelerator">The device.</param>
internal sealed class LoadedKernels(Accelerator accelerator)
{
    private const int MostEmitted = 1024;

    private readonly ConcurrentDictionary<MethodInfo, Delegate> written = new();
    private readonly PlanCache<ElementwiseKernel> emitted = new(MostEmitted, MostEmitted, _ => 1);

    /// <summary>The device.</summary>
    public Accelerator Accelerator => accelerator;

    /// <summary>NVIDIA's library of matrix products, if it is available.</summary>
    public CublasProduct? Cublas { get; } = CublasProduct.Find(accelerator);

    /// <summary>The number of emitted kernels that are kept.</summary>
    public int Emitted => emitted.Count;

    /// <summary>The elementwise kernel of a form.</summary>
    public ElementwiseKernel Load(ElementwiseForm form) => emitted.GetOrAdd(form.Key(), () =>
    {
        var method = ElementwiseEmitter.Emit(form).CreateDelegate<Action<Index1D, DeviceMemory, DeviceMemory, int, Items>>();
        return new ElementwiseKernel(accelerator.LoadAutoGroupedStreamKernel(method));
    }, out _);

    /// <summary>A kernel of one operand.</summary>
    public Action<Index1D, Items, T1, T2, T3> Load<T1, T2, T3>(Action<Index1D, Items, T1, T2, T3> kernel)
        where T1 : struct
        where T2 : struct
        where T3 : struct => Load(kernel, accelerator.LoadAutoGroupedStreamKernel);

    /// <summary>A kernel of two operands.</summary>
    public Action<Index1D, Items, T1, T2, T3, T4> Load<T1, T2, T3, T4>(Action<Index1D, Items, T1, T2, T3, T4> kernel)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct => Load(kernel, accelerator.LoadAutoGroupedStreamKernel);

    /// <summary>A kernel of three operands.</summary>
    public Action<Index1D, Items, T1, T2, T3, T4, T5> Load<T1, T2, T3, T4, T5>(Action<Index1D, Items, T1, T2, T3, T4, T5> kernel)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct => Load(kernel, accelerator.LoadAutoGroupedStreamKernel);

    /// <summary>A kernel for which the caller sets the groups.</summary>
    public Action<KernelConfig, Items, T1, T2, T3, T4> LoadGrouped<T1, T2, T3, T4>(Action<Items, T1, T2, T3, T4> kernel)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct =>
        (Action<KernelConfig, Items, T1, T2, T3, T4>)written.GetOrAdd(kernel.Method, _ => accelerator.LoadStreamKernel(kernel));

    private TKernel Load<TKernel>(TKernel kernel, Func<TKernel, TKernel> load)
        where TKernel : Delegate => (TKernel)written.GetOrAdd(kernel.Method, _ => load(kernel));
}
