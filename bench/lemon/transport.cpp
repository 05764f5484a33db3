// The same problem for LEMON's network simplex (Debian: liblemon-dev), on the full bipartite graph.
// Reads from standard input: units, people, then "x y households" and "x y min max" for each. Prints
// "cost seconds-of-building seconds-of-run processor-seconds-of-both".
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <vector>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using Graph = lemon::SmartDigraph;
using Clock = std::chrono::steady_clock;

struct Unit { double x, y; int households; };
struct Person { double x, y; int min, max; };

static double seconds(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

int main() {
  int unitCount, personCount;
  if (std::scanf("%d %d", &unitCount, &personCount) != 2) return 2;
  std::vector<Unit> units(unitCount);
  std::vector<Person> people(personCount);
  for (Unit &u : units)
    if (std::scanf("%lf %lf %d", &u.x, &u.y, &u.households) != 3) return 2;
  for (Person &p : people)
    if (std::scanf("%lf %lf %d %d", &p.x, &p.y, &p.min, &p.max) != 4) return 2;

  const auto start = Clock::now();
  Graph graph;
  graph.reserveNode(unitCount + personCount + 1);
  graph.reserveArc(personCount + unitCount * (long)personCount);
  const Graph::Node source = graph.addNode();
  std::vector<Graph::Node> unitNodes, personNodes;
  for (int i = 0; i < unitCount; ++i) unitNodes.push_back(graph.addNode());
  for (int i = 0; i < personCount; ++i) personNodes.push_back(graph.addNode());
  for (int p = 0; p < personCount; ++p) graph.addArc(source, personNodes[p]);
  for (int p = 0; p < personCount; ++p)
    for (int u = 0; u < unitCount; ++u) graph.addArc(personNodes[p], unitNodes[u]);

  Graph::ArcMap<int> cost(graph, 0), lower(graph, 0), upper(graph, 1 << 28);
  Graph::NodeMap<int> supply(graph, 0);
  int arc = 0;
  for (int p = 0; p < personCount; ++p, ++arc) {
    lower[graph.arcFromId(arc)] = people[p].min;
    upper[graph.arcFromId(arc)] = people[p].max;
  }
  for (int p = 0; p < personCount; ++p)
    for (int u = 0; u < unitCount; ++u, ++arc) {
      const double x = people[p].x - units[u].x, y = people[p].y - units[u].y;
      cost[graph.arcFromId(arc)] = (int)std::floor(std::sqrt(x * x + y * y) + 0.5);
    }
  int all = 0;
  for (int u = 0; u < unitCount; ++u) {
    supply[unitNodes[u]] = -units[u].households;
    all += units[u].households;
  }
  supply[source] = all;

  using Simplex = lemon::NetworkSimplex<Graph, int, long long>;
  Simplex simplex(graph);
  simplex.lowerMap(lower).upperMap(upper).costMap(cost).supplyMap(supply);
  const double building = seconds(start);
  const auto begin = Clock::now();
  if (simplex.run() != Simplex::OPTIMAL) return 1;
  std::printf("%lld %.4f %.4f %.4f\n", simplex.totalCost<long long>(), building, seconds(begin),
              (double)std::clock() / CLOCKS_PER_SEC);
  return 0;
}
