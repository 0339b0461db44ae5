// ADOL-C, an interpreter of an array, and the cycle written out by hand, on the graphs of graphs.h.
// peer CASE OPERATIONS SECONDS prints one line of JSON. CASE is cycle, chains or random.
#include <adolc/adolc.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include "graphs.h"

namespace {

using Clock = std::chrono::steady_clock;

// The median time of a call in nanoseconds; calls are repeated for this many seconds, at least five times.
template <typename F>
double median_ns(double seconds, F call) {
    call();
    std::vector<double> times;
    auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (times.size() < 5 || Clock::now() < end) {
        auto start = Clock::now();
        call();
        times.push_back(std::chrono::duration<double, std::nano>(Clock::now() - start).count());
    }
    std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
    return times[times.size() / 2];
}

// The tape stays in memory: an operation takes three or four slots. Buffers much larger than that make it slower.
void record(const Graph &graph) {
    unsigned int places = 4 * static_cast<unsigned int>(graph.nodes.size());
    trace_on(1, 0, places, places, places, places);
    {
        std::vector<adouble> values(graph.nodes.size());
        for (size_t i = 0; i < graph.nodes.size(); i++) {
            const Node &node = graph.nodes[i];
            switch (node.op) {
            case Op::Input: values[i] <<= graph.inputs[i]; break;
            case Op::Add: values[i] = values[node.a] + values[node.b]; break;
            case Op::Mul: values[i] = values[node.a] * values[node.b]; break;
            case Op::Sin: values[i] = sin(values[node.a]); break;
            case Op::Exp: values[i] = exp(values[node.a]); break;
            case Op::Tanh: values[i] = tanh(values[node.a]); break;
            }
        }
        double y;
        values.back() >>= y;
    }
    trace_off();
}

struct Interpreter {
    const Graph &graph;
    std::vector<double> value, adjoint;

    explicit Interpreter(const Graph &g) : graph(g), value(g.nodes.size()), adjoint(g.nodes.size()) {
        std::copy(g.inputs.begin(), g.inputs.end(), value.begin());
    }

    void forward() {
        for (size_t i = graph.inputs.size(); i < value.size(); i++) {
            const Node &node = graph.nodes[i];
            switch (node.op) {
            case Op::Add: value[i] = value[node.a] + value[node.b]; break;
            case Op::Mul: value[i] = value[node.a] * value[node.b]; break;
            case Op::Sin: value[i] = std::sin(value[node.a]); break;
            case Op::Exp: value[i] = std::exp(value[node.a]); break;
            case Op::Tanh: value[i] = std::tanh(value[node.a]); break;
            default: break;
            }
        }
    }

    void reverse() {
        std::fill(adjoint.begin(), adjoint.end(), 0.0);
        adjoint.back() = 1;
        for (size_t i = value.size(); i-- > graph.inputs.size();) {
            const Node &node = graph.nodes[i];
            double g = adjoint[i];
            switch (node.op) {
            case Op::Add:
                adjoint[node.a] += g;
                adjoint[node.b] += g;
                break;
            case Op::Mul: {
                double a = value[node.a], b = value[node.b];
                adjoint[node.a] += g * b;
                adjoint[node.b] += g * a;
                break;
            }
            case Op::Sin: adjoint[node.a] += g * std::cos(value[node.a]); break;
            case Op::Exp: adjoint[node.a] += g * value[i]; break;
            case Op::Tanh: adjoint[node.a] += g * (1 - value[i] * value[i]); break;
            default: break;
            }
        }
    }
};

// The cycle written by hand: values that the backward pass needs are stored, the rest is in registers.
double by_hand(int turns, const double *x, double *g, std::vector<double> &kept) {
    double p = x[0], q = x[1], s = x[2];
    kept.resize(static_cast<size_t>(turns) * 5);
    double *at = kept.data();
    for (int i = 0; i < turns; i++, at += 5) {
        double a = s * p, b = a + q, c = std::sin(b), d = std::exp(c), f = std::tanh(c * d);
        at[0] = s, at[1] = b, at[2] = c, at[3] = d, at[4] = f;
        s = f + a;
    }
    double ds = 1, dp = 0, dq = 0;
    for (int i = 0; i < turns; i++) {
        at -= 5;
        double de = ds * (1 - at[4] * at[4]);
        double dc = de * at[3] + de * at[2] * at[3];
        double db = dc * std::cos(at[1]), da = ds + db;
        dq += db;
        dp += da * at[0];
        ds = da * p;
    }
    g[0] = dp, g[1] = dq, g[2] = ds;
    return s;
}

}  // namespace

int main(int argc, char **argv) {
    if (argc < 4) return std::fprintf(stderr, "peer CASE OPERATIONS SECONDS\n"), 2;
    Graph graph = graph_of(argv[1], std::atoi(argv[2]));
    double seconds = std::atof(argv[3]), operations = graph.operations();
    int inputs = static_cast<int>(graph.inputs.size());
    std::vector<double> gradient(inputs);
    double value = 0, seed = 1;
    record(graph);
    double forward = median_ns(seconds, [&] { zos_forward(1, 1, inputs, 0, graph.inputs.data(), &value); });
    double both = median_ns(seconds, [&] {
        zos_forward(1, 1, inputs, 1, graph.inputs.data(), &value);
        fos_reverse(1, 1, inputs, &seed, gradient.data());
    });
    Interpreter interpreter(graph);
    double interpreted = median_ns(seconds, [&] {
        interpreter.forward();
        interpreter.reverse();
    });
    std::printf("{\"case\":\"%s\",\"operations\":%d,\"valueNs\":%.3f,\"gradientNs\":%.3f,\"interpreterNs\":%.3f", argv[1],
        graph.operations(), forward / operations, both / operations, interpreted / operations);
    if (std::string(argv[1]) == "cycle") {
        std::vector<double> kept, g(3);
        double hand = median_ns(seconds, [&] { by_hand(graph.operations() / 7, graph.inputs.data(), g.data(), kept); });
        std::printf(",\"handNs\":%.3f", hand / operations);
    }
    std::printf(",\"value\":%.17g,\"gradient\":[", value);
    for (int i = 0; i < inputs; i++) std::printf("%s%.17g", i == 0 ? "" : ",", gradient[i]);
    std::printf("]}\n");
}
