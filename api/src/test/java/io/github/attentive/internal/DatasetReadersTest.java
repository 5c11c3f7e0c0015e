package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.attentive.DatasetFile;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.spi.DatasetReader;
import io.github.attentive.spi.DatasetReaderProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReadersTest {
  private static final String COORDINATE = "io.github.attentive:attentive-engine-djl ";

  /** Built for a version of the contract; opens nothing. */
  private record Provider(int spiVersion) implements DatasetReaderProvider {
    @Override
    public DatasetReader open(DatasetFile file, boolean labelled) {
      throw new AssertionError(file);
    }
  }

  private static final Provider GOOD = new Provider(DatasetReaderProvider.SPI_VERSION);
  private static final Provider LATER = new Provider(99);

  /** Providers that are made when they are asked for. */
  private static Iterator<DatasetReaderProvider> providers(
      List<Supplier<DatasetReaderProvider>> providers) {
    return providers.stream().map(Supplier::get).iterator();
  }

  private static DatasetReaderProvider broken() {
    throw new ServiceConfigurationError("cannot be made", new NoClassDefFoundError("de/csv"));
  }

  private static void refused(Iterator<DatasetReaderProvider> providers, String... named) {
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> DatasetReaders.first(providers))
        .extracting(Throwable::getMessage)
        .asString()
        .contains(named)
        .contains(COORDINATE);
  }

  @Test
  void withoutAReaderTheMessageNamesTheArtifact(@TempDir Path folder) throws Exception {
    DatasetFile file = DatasetFile.of(Files.writeString(folder.resolve("a.txt"), "a\n"));
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(file::inputs)
        .withMessageStartingWith("no reader of data files is on the class path; add " + COORDINATE);
  }

  @Test
  void theFirstThatFitsIsTaken() {
    assertThat(DatasetReaders.first(providers(List.of(() -> LATER, () -> GOOD, () -> LATER))))
        .isSameAs(GOOD);
    assertThat(DatasetReaders.first(providers(List.of(DatasetReadersTest::broken, () -> GOOD))))
        .isSameAs(GOOD);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    refused(providers(List.of()), "no reader");
    refused(providers(List.of(() -> LATER)), Provider.class.getName(), "contract is 1");
    refused(providers(List.of(DatasetReadersTest::broken)), "cannot be made", "de/csv");
  }

  @Test
  void anIteratorThatAlwaysFailsEnds() {
    Iterator<DatasetReaderProvider> torn =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new ServiceConfigurationError("jar is torn");
          }

          @Override
          public DatasetReaderProvider next() {
            throw new AssertionError();
          }
        };
    refused(torn, "jar is torn");
  }
}
