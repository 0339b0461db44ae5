namespace Backprop.Api.Endpoints;

/// <summary>A device that computes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>host</c>, <c>cuda</c>, <c>opencl</c> or <c>ilgpuCpu</c>.</param>
/// <param name="Cores">Cores, or multiprocessors.</param>
public sealed record DeviceContract(string Name, string Kind, int Cores);
