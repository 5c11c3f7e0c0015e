package io.github.attentive.internal;

import io.github.attentive.EngineUnavailableException;
import io.github.attentive.spi.DatasetReaderProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The reader of data files on the class path. Nothing is kept between calls. */
public final class DatasetReaders {
  private static final String COORDINATE =
      "io.github.attentive:attentive-engine-djl (every engine brings it), in the version of"
          + " attentive-api";

  /** An iterator that failed so often makes no progress, as over a class path it cannot read. */
  private static final int MOST_FAILURES = 100;

  private DatasetReaders() {}

  /**
   * Looks for a reader.
   *
   * @return the first that fits
   * @throws EngineUnavailableException if there is none
   */
  public static DatasetReaderProvider onClassPath() {
    return first(
        ServiceLoader.load(
                DatasetReaderProvider.class, DatasetReaderProvider.class.getClassLoader())
            .iterator());
  }

  /** One that cannot start does not hide another; it is named where there is no other. */
  static DatasetReaderProvider first(Iterator<DatasetReaderProvider> providers) {
    List<Throwable> broken = new ArrayList<>();
    DatasetReaderProvider mismatched = null;
    while (broken.size() < MOST_FAILURES) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        DatasetReaderProvider provider = providers.next();
        if (provider.spiVersion() == DatasetReaderProvider.SPI_VERSION) {
          return provider;
        }
        mismatched = provider;
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        broken.add(e);
      }
    }
    throw none(mismatched, broken);
  }

  private static EngineUnavailableException none(
      @Nullable DatasetReaderProvider mismatched, List<Throwable> broken) {
    if (mismatched != null) {
      return new EngineUnavailableException(
          "the reader of data files, %s, does not fit this attentive-api, whose contract is %s; use %s"
              .formatted(
                  mismatched.getClass().getName(), DatasetReaderProvider.SPI_VERSION, COORDINATE));
    }
    if (!broken.isEmpty()) {
      return new EngineUnavailableException(
          "the reader of data files cannot start: %s; check that its jar, %s, is complete and its dependencies are there"
              .formatted(EngineSelection.describe(broken.get(0)), COORDINATE),
          broken.get(0));
    }
    return new EngineUnavailableException(
        "no reader of data files is on the class path; add " + COORDINATE);
  }
}
