namespace Backprop.Api.Features.Questions;

/// <summary>Request bodies that can be sent unchanged, one after another; the tests send each of them.</summary>
internal static class QuestionExamples
{
    public const string Created = """
        {
          "id": "gradient-of-a-square", "topic": "automatic-differentiation", "kind": "numeric", "difficulty": "easy",
          "title": "Gradient of a square",
          "prompt": "For `L = (a*b + c)^2` at `a = 2`, `b = -3`, `c = 10`: what is ∂L/∂c?",
          "figure": { "expression": "L = (a*b + c)^2", "inputs": { "a": 2, "b": -3, "c": 10 } },
          "numeric": { "value": 8, "atol": 0, "mistakes": [{ "value": 16, "feedback": "That is L itself." }] },
          "explanation": "With `e = a*b + c = 4`, ∂L/∂c = 2e · 1 = 8.",
          "citations": [{ "authors": "Griewank, A.; Walther, A.",
            "title": "Evaluating Derivatives", "year": 2008, "where": "2nd edition, SIAM, chapter 3" }]
        }
        """;

    public const string Replaced = """
        {
          "id": "gradient-of-a-square", "topic": "automatic-differentiation", "kind": "numeric", "difficulty": "easy",
          "title": "Gradient of a square",
          "prompt": "For `L = (a*b + c)^2` at `a = 2`, `b = -3`, `c = 10`: what is ∂L/∂c?",
          "hints": ["Name what is squared."],
          "numeric": { "value": 8, "atol": 0 },
          "explanation": "With `e = a*b + c = 4`, ∂L/∂c = 2e · 1 = 8.",
          "citations": [{ "authors": "Griewank, A.; Walther, A.",
            "title": "Evaluating Derivatives", "year": 2008, "where": "2nd edition, SIAM, chapter 3" }]
        }
        """;

    public const string Report = """{ "text": "The explanation multiplies by c, which is not a factor." }""";

    public const string Import = """
        {
          "topics": [{ "id": "sums-and-products", "name": "Sums and products" }],
          "questions": [{
            "id": "gradient-of-a-sum", "topic": "sums-and-products", "kind": "trueFalse", "difficulty": "easy", "title": "Gradient of a sum",
            "prompt": "For `z = x + y` the gradient of z reaches x and y unchanged.",
            "truth": { "value": true, "feedback": "Both local derivatives are 1." },
            "explanation": "∂z/∂x = ∂z/∂y = 1, so each operand gets what arrives at z.",
            "citations": [{ "authors": "Griewank, A.; Walther, A.",
              "title": "Evaluating Derivatives", "year": 2008, "where": "2nd edition, SIAM, chapter 3" }],
            "open": true
          }]
        }
        """;
}
