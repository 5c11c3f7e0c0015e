package io.github.attentive.djl.checkpoint;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a piece of code allocates on the heap. */
final class AllocatedBytes {
  private AllocatedBytes() {}

  /** In the thread that calls. */
  static long of(Runnable code) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    code.run();
    return threads.getThreadAllocatedBytes(thread) - before;
  }
}
