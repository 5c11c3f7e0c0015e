package io.github.attentive.internal;

import io.github.attentive.Dataset;
import io.github.attentive.Device;
import io.github.attentive.EpochReport;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.LoadOptions;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A provider whose answers a test decides. */
class StubProvider implements EngineProvider {
  private final String name;
  private final int priority;
  int spiVersion = EngineProvider.SPI_VERSION;
  Supplier<Optional<String>> objection = Optional::empty;
  Supplier<EngineModel> model = StubModel::ordinary;
  Supplier<Set<Recipe>> recipes = Set::of;
  Supplier<Set<ExportFormat>> exportFormats = Set::of;

  StubProvider(String name, int priority) {
    this.name = name;
    this.priority = priority;
  }

  StubProvider objecting(String reason) {
    objection = () -> Optional.of(reason);
    return this;
  }

  StubProvider builtFor(int version) {
    spiVersion = version;
    return this;
  }

  StubProvider training(Recipe... trained) {
    recipes = () -> Set.of(trained);
    return this;
  }

  StubProvider exporting(ExportFormat... written) {
    exportFormats = () -> Set.of(written);
    return this;
  }

  StubProvider opening(Supplier<EngineModel> opened) {
    model = opened;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int spiVersion() {
    return spiVersion;
  }

  @Override
  public int priority() {
    return priority;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("1.0", List.of(Device.CPU), List.of("tests"));
  }

  @Override
  public Optional<String> objection(Path path) {
    return objection.get();
  }

  @Override
  public EngineModel open(Path path, LoadOptions options) {
    return model.get();
  }

  @Override
  public Set<Recipe> recipes() {
    return recipes.get();
  }

  @Override
  public TrainingHistory train(
      TrainingOptions options, Dataset training, Dataset validation, Path directory) {
    List<EpochReport> reports = new ArrayList<>();
    for (int i = 1; i <= options.epochs(); i++) {
      EpochReport report = new EpochReport(i, options.epochs(), 1.0 / i, 0.5, null, 0);
      options.listener().onEpoch(report);
      reports.add(report);
    }
    return new TrainingHistory(reports, reports.size());
  }

  @Override
  public Set<ExportFormat> exportFormats() {
    return exportFormats.get();
  }

  @Override
  public ExportedModel export(Path path, ExportFormat format, Path out, LoadOptions options) {
    return new ExportedModel(out, List.of("forward", format.id()), List.of("input_ids"));
  }
}
