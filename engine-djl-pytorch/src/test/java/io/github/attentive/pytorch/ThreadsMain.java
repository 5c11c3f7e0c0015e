package io.github.attentive.pytorch;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.LoadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls one model from many threads and prints what went wrong, and what is held before, after. */
final class ThreadsMain {
  private static final int THREADS = 64;
  private static final int CALLS = 10_000;

  private ThreadsMain() {}

  /** Opens the model of the first argument. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException, ReflectiveOperationException {
    LoadOptions options = LoadOptions.builder().threads(1).build();
    try (AttentionExplainer model = AttentionExplainer.load(Path.of(arguments[0]), options)) {
      List<String> texts = texts();
      List<Object> serial = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        serial.add(explains(i) ? model.explain(text) : model.classify(text));
      }
      run(model, texts, serial, CALLS / 5);
      LeakMain.print("before");
      int different = run(model, texts, serial, CALLS);
      LeakMain.print("after");
      System.out.println("different " + different);
    }
  }

  /** Of every length from none to more than the model reads. */
  private static List<String> texts() {
    List<String> words = List.of("the", "movie", "was", "boring", "and", "great", "acting");
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int length = 0; length < 40; length++) {
      texts.add(text.toString());
      text.append(words.get(length * 5 % words.size())).append(' ');
    }
    return texts;
  }

  /** Every fourth text is explained, at a far higher price. */
  private static boolean explains(int text) {
    return text % 4 == 0;
  }

  private static int run(
      AttentionExplainer model, List<String> texts, List<Object> serial, int calls)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  int different = 0;
                  for (int call = first; call < calls; call += THREADS) {
                    int at = (call + call / texts.size()) % texts.size();
                    String text = texts.get(at);
                    Object result = explains(at) ? model.explain(text) : model.classify(text);
                    different += result.equals(serial.get(at)) ? 0 : 1;
                  }
                  return different;
                }));
      }
      int different = 0;
      for (Future<Integer> one : running) {
        different += one.get();
      }
      return different;
    } finally {
      pool.shutdown();
    }
  }
}
