namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>A function that an expression defines.</summary>
/// <param name="Names">Its names, separated by spaces.</param>
/// <param name="Parameters">The names of its operands.</param>
/// <param name="Keywords">The names of its keywords; one with a default is a number, any other is an argument of another function.</param>
/// <param name="Body">The expression; statements before the last define values that it uses.</param>
internal sealed record Definition(string Names, string Parameters, string Keywords, string Body);
