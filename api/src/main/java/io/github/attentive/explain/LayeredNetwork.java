package io.github.attentive.explain;

import java.util.Arrays;

/**
 * Maximum flows through a network of layers, each node joined to every node of the layer below, by
 * Dinic's algorithm.
 *
 * <p>Three things make it fast on attention, where nearly every edge has some capacity: the search
 * for distances looks only at nodes not reached yet; ways are followed from the sink back to the
 * source, so that none leads into a part that does not hang together; and what one flow changed is
 * undone edge by edge before the next. Not thread-safe.
 */
final class LayeredNetwork {
  /** What is left of a capacity below this is rounding. */
  private static final double ROUNDING = 1e-14;

  private final int layers;
  private final int width;
  private final double[][][] capacity;

  /** {@code down[l][i][j]}: what still fits from node i of layer l + 1 to node j of layer l. */
  private final double[][][] down;

  /** {@code up[l][j][i]}: the flow that could go back from node j of layer l to i of l + 1. */
  private final double[][][] up;

  private final int[] distance;
  private final int[] nextEdge;
  private final int[] path;
  private final int[][] unreached;
  private final int[] unreachedCount;
  private final int[] queue;
  private int[] changed = new int[1024];
  private int changedCount;

  /**
   * Creates a network.
   *
   * @param capacity {@code [layers][upper node][lower node]}, square, 0 or above; layer 0 holds the
   *     edges to the lowest nodes
   */
  LayeredNetwork(double[][][] capacity) {
    this.capacity = capacity;
    layers = capacity.length;
    width = capacity[0].length;
    down = new double[layers][width][];
    up = new double[layers][width][width];
    for (int l = 0; l < layers; l++) {
      for (int i = 0; i < width; i++) {
        down[l][i] = capacity[l][i].clone();
      }
    }
    int nodes = (layers + 1) * width;
    distance = new int[nodes];
    nextEdge = new int[nodes];
    path = new int[nodes];
    queue = new int[nodes];
    unreached = new int[layers + 1][width];
    unreachedCount = new int[layers + 1];
  }

  /**
   * The maximum flow from a node of the top layer to one of the bottom layer.
   *
   * @param source node of the top layer
   * @param sink node of the bottom layer
   * @return the flow
   */
  double maximum(int source, int sink) {
    double leaving = 0;
    double arriving = 0;
    for (int i = 0; i < width; i++) {
      leaving += capacity[layers - 1][source][i];
      arriving += capacity[0][i][sink];
    }
    double bound = Math.min(leaving, arriving);
    double flow = 0;
    while (flow < bound - ROUNDING && reaches(source, sink)) {
      flow += blockingFlow(sink, bound - flow);
    }
    undo();
    return flow;
  }

  /** Distances from the source along edges with something left; false if the sink has none. */
  private boolean reaches(int source, int sink) {
    Arrays.fill(distance, -1);
    Arrays.fill(nextEdge, 0);
    for (int l = 1; l < layers; l++) {
      unreachedCount[l] = width;
      for (int i = 0; i < width; i++) {
        unreached[l][i] = i;
      }
    }
    // No way leads through another node of the bottom, nor of the top.
    unreached[0][0] = sink;
    unreachedCount[0] = 1;
    unreachedCount[layers] = 0;
    int head = 0;
    int tail = 0;
    queue[tail++] = layers * width + source;
    distance[queue[0]] = 0;
    while (head < tail && distance[sink] < 0) {
      int node = queue[head++];
      int layer = node / width;
      if (layer > 0) {
        tail = reach(node, layer - 1, down[layer - 1][node % width], tail);
      }
      if (layer < layers) {
        tail = reach(node, layer + 1, up[layer][node % width], tail);
      }
    }
    return distance[sink] >= 0;
  }

  private int reach(int from, int layer, double[] left, int tail) {
    int[] waiting = unreached[layer];
    int still = 0;
    int end = tail;
    for (int w = 0; w < unreachedCount[layer]; w++) {
      if (left[waiting[w]] > ROUNDING) {
        distance[layer * width + waiting[w]] = distance[from] + 1;
        queue[end++] = layer * width + waiting[w];
      } else {
        waiting[still++] = waiting[w];
      }
    }
    unreachedCount[layer] = still;
    return end;
  }

  /** Sends flow along shortest ways until none is left, or as much as can be is sent. */
  private double blockingFlow(int sink, double most) {
    double sent = 0;
    int length = 0;
    path[0] = sink;
    while (length >= 0 && sent < most - ROUNDING) {
      int node = path[length];
      if (distance[node] == 0) {
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s < length; s++) {
          least = Math.min(least, left(path[s + 1], path[s]));
        }
        int full = length;
        for (int s = length - 1; s >= 0; s--) {
          if (send(path[s + 1], path[s], least) <= ROUNDING) {
            full = s;
          }
        }
        sent += least;
        length = full;
      } else {
        int previous = previous(node);
        if (previous >= 0) {
          path[++length] = previous;
        } else {
          // A dead end: nobody need try it again.
          distance[node] = -1;
          length--;
        }
      }
    }
    return sent;
  }

  /** A node one step nearer to the source, with something left on the edge from it; or -1. */
  private int previous(int node) {
    int layer = node / width;
    int index = node % width;
    int wanted = distance[node] - 1;
    int edge = nextEdge[node];
    if (layer < layers) {
      int first = (layer + 1) * width;
      for (; edge < width; edge++) {
        if (distance[first + edge] == wanted && down[layer][edge][index] > ROUNDING) {
          nextEdge[node] = edge;
          return first + edge;
        }
      }
    }
    if (layer > 0) {
      int first = (layer - 1) * width;
      for (edge = Math.max(edge, width); edge < 2 * width; edge++) {
        if (distance[first + edge - width] == wanted
            && up[layer - 1][edge - width][index] > ROUNDING) {
          nextEdge[node] = edge;
          return first + edge - width;
        }
      }
    }
    nextEdge[node] = 2 * width;
    return -1;
  }

  private double left(int from, int to) {
    int layer = from / width;
    return to / width < layer
        ? down[layer - 1][from % width][to % width]
        : up[layer][from % width][to % width];
  }

  /** Sends an amount along an edge and says what is left of it. */
  private double send(int from, int to, double amount) {
    boolean downwards = to / width < from / width;
    int upper = downwards ? from : to;
    int lower = downwards ? to : from;
    int layer = lower / width;
    double flow = downwards ? amount : -amount;
    double[] back = up[layer][lower % width];
    if (back[upper % width] == 0) {
      remember(upper, lower);
    }
    back[upper % width] = Math.max(0, back[upper % width] + flow);
    down[layer][upper % width][lower % width] -= flow;
    return left(from, to);
  }

  private void remember(int upper, int lower) {
    if (changedCount + 2 > changed.length) {
      changed = Arrays.copyOf(changed, 2 * changed.length);
    }
    changed[changedCount++] = upper;
    changed[changedCount++] = lower;
  }

  private void undo() {
    for (int c = 0; c < changedCount; c += 2) {
      int layer = changed[c + 1] / width;
      int i = changed[c] % width;
      int j = changed[c + 1] % width;
      down[layer][i][j] = capacity[layer][i][j];
      up[layer][j][i] = 0;
    }
    changedCount = 0;
  }
}
