// The graphs of the comparison, described in README.md. bench/Compare/Ours/ScalarGraph.cs generates the same ones.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

enum class Op : int32_t { Input, Add, Mul, Sin, Exp, Tanh };

struct Node {
    Op op;
    int32_t a, b;
};

struct Graph {
    std::vector<Node> nodes;      // operands before their users, the inputs first, the output last
    std::vector<double> inputs;   // their values

    int operations() const { return static_cast<int>(nodes.size() - inputs.size()); }
    int add(Op op, int a, int b = 0) {
        nodes.push_back({op, a, b});
        return static_cast<int>(nodes.size()) - 1;
    }
    int input(double value) {
        inputs.push_back(value);
        return add(Op::Input, 0);
    }
    // One iteration of the cycle: seven operations from one state s to the next.
    int turn(int s, int p, int q) {
        int a = add(Op::Mul, s, p), b = add(Op::Add, a, q), c = add(Op::Sin, b), d = add(Op::Exp, c);
        int e = add(Op::Mul, c, d), f = add(Op::Tanh, e);
        return add(Op::Add, f, a);
    }
};

constexpr double P = 0.5, Q = 0.3;

inline Graph cycle(int operations) {
    Graph graph;
    int p = graph.input(P), q = graph.input(Q), s = graph.input(0.1);
    for (int i = 0; i < operations / 7; i++) s = graph.turn(s, p, q);
    return graph;
}

inline Graph chains(int operations) {
    constexpr int Chains = 1000;
    Graph graph;
    int p = graph.input(P), q = graph.input(Q);
    std::vector<int> ends;
    for (int i = 0; i < Chains; i++) ends.push_back(graph.input(0.1 + i / double(Chains)));
    for (int &end : ends)
        for (int i = 0; i < operations / (7 * Chains); i++) end = graph.turn(end, p, q);
    int sum = ends[0];
    for (int i = 1; i < Chains; i++) sum = graph.add(Op::Add, sum, ends[i]);
    return graph;
}

struct Lcg {
    uint64_t state = 2026;
    int below(int n) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>((state >> 33) % static_cast<uint64_t>(n));
    }
};

inline Graph random_graph(int operations) {
    constexpr int Inputs = 64, Window = 32, Largest = 10;
    Graph graph;
    Lcg lcg;
    std::vector<int> bound;
    for (int i = 0; i < Inputs; i++) {
        graph.input(0.1 + i / double(Inputs));
        bound.push_back(2);
    }
    std::vector<int> window(Window);
    for (int i = 0; i < Window; i++) window[i] = i;
    for (int i = 0; i < operations; i++) {
        int slot = lcg.below(Window), kind = lcg.below(5), where = lcg.below(32), place = lcg.below(static_cast<int>(graph.nodes.size()));
        int x = window[slot], y = where < 24 ? window[lcg.below(Window)] : where < 28 ? place % Inputs : place;
        if (kind == 0 && bound[x] + bound[y] <= Largest) {
            window[slot] = graph.add(Op::Add, x, y);
            bound.push_back(bound[x] + bound[y]);
        } else if (kind == 1 && bound[x] * bound[y] <= Largest) {
            window[slot] = graph.add(Op::Mul, x, y);
            bound.push_back(bound[x] * bound[y]);
        } else if (kind == 2 && bound[x] <= 1) {
            window[slot] = graph.add(Op::Exp, x);
            bound.push_back(3);
        } else {
            window[slot] = graph.add(kind < 4 ? Op::Sin : Op::Tanh, x);
            bound.push_back(1);
        }
    }
    int sum = window[0];
    for (int i = 1; i < Window; i++) sum = graph.add(Op::Add, sum, window[i]);
    return graph;
}

inline Graph graph_of(const std::string &name, int operations) {
    return name == "cycle" ? cycle(operations) : name == "chains" ? chains(operations) : random_graph(operations);
}
