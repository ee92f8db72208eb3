#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "catalogue/load.h"
#include "courier/worker.h"
#include "identity/data_lock.h"
#include "identity/identity.h"
#include "input/pinyin.h"
#include "runtime/config.h"
#include "runtime/devices.h"
#include "runtime/inspection.h"
#include "runtime/mailbox.h"
#include "runtime/page_vault.h"
#include "runtime/picture_shelf.h"
#include "runtime/storage_worker.h"
#include "screens/screen_state.h"
#include "screens/screens.h"
#include "session/session.h"
#include "widgets/window.h"

namespace bangwu::runtime {

struct KioskOptions {
  KioskConfig config;
  std::filesystem::path data;   ///< DATA: identity/, outbox/, blobs/
  std::filesystem::path share;  ///< icons/, locale/, rime/
  std::filesystem::path parts;  ///< bangwu-capture-worker, bangwu-paper.so
  widgets::WindowOptions window;
  std::optional<std::filesystem::path> inspect;
  std::chrono::sys_days built{};  ///< when this program was made, see session::Hall
};

/// The machine: owns the window, the session and the workers, and turns one loop on the UI thread. Everything that
/// blocks happens on the storage, devices and courier threads; their answers come through the mailbox.
class Kiosk {
 public:
  /// Shows the first picture, then starts the workers. `busy`: another process has this data folder.
  [[nodiscard]] static base::Result<std::unique_ptr<Kiosk>> start(KioskOptions options, const base::Clock& clock);
  ~Kiosk();

  /// Until the window is closed or the process is asked to end; the present visit is forgotten then. Where the workers
  /// could not start the screen says so for a minute, with the data folder free for staff, and the error is returned:
  /// the service manager tries again.
  [[nodiscard]] base::Result<void> run();
  /// Ends run() soon. Any thread.
  void ask_to_end();

 private:
  Kiosk(KioskOptions options, const base::Clock& clock, identity::DataLock lock);
  [[nodiscard]] base::Result<void> open_window();
  [[nodiscard]] base::Result<void> start_workers();
  [[nodiscard]] SignOfLife courier_life() const;
  [[nodiscard]] base::Result<void> look_for_cell(const capture::WorkerSettings& worker) const;
  [[nodiscard]] base::Result<void> show_why_not();
  void start_courier(blobs::BlobStore blobs);
  void take_over_pinyin();

  [[nodiscard]] session::Now now() const { return {clock_.now(), clock_.steady()}; }
  void apply(const session::Message& message);
  void carry_out(const session::BeginVisit&);
  void carry_out(const session::ForgetVisit&);
  void carry_out(const session::ListScanners&);
  void carry_out(const session::ListFiles&);
  void carry_out(const session::ScanPages& effect);
  void carry_out(const session::ImportFile& effect);
  void carry_out(const session::CancelCapture& effect);
  void carry_out(const session::FetchPicture& effect);
  void carry_out(const session::DropPage& effect);
  void carry_out(const session::Store& effect);
  void carry_out(const session::SaveSlip&);
  void forget_on_this_thread();
  void take_mail();
  void look_at_clock();
  [[nodiscard]] const session::View& view();
  void draw_what_changed();
  [[nodiscard]] widgets::Drawn draw(widgets::Ui& ui);
  void serve_inspection();
  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] base::SteadyTime next_turn(std::optional<base::SteadyTime> tick) const;

  KioskOptions options_;
  const base::Clock& clock_;
  std::optional<identity::DataLock> lock_;
  base::KernelRandom random_;
  catalogue::LoadedCatalogue catalogue_;
  domain::SearchIndex search_index_;
  session::Hall hall_;
  std::unique_ptr<session::Session> session_;  // on the heap, so that it is overwritten when a visit is forgotten
  std::unique_ptr<session::View> view_;        // of session_; absent when that has changed since
  VisitNumber visit_ = kNoVisit;
  VisitNumber last_visit_ = kNoVisit;

  std::unique_ptr<widgets::Window> window_;
  screens::ScreenState screen_state_;
  screens::Tools tools_;
  std::vector<session::Message> emitted_;
  base::SteadyTime last_input_{};
  bool has_forgotten_ = false;

  Mailbox mailbox_;
  PictureShelf pictures_;
  std::optional<identity::KioskIdentity> identity_;
  std::unique_ptr<PageVault> vault_;
  std::unique_ptr<courier::Worker> courier_;
  std::unique_ptr<StorageWorker> storage_;
  std::unique_ptr<Devices> devices_;
  Ticket search_ = 0, capture_ = 0;  // the last ones; 0: none yet
  std::unique_ptr<Inspection> inspection_;

  std::optional<base::Error> why_not_;  // the workers could not start
  std::atomic<bool> asked_to_end_ = false;
  struct PinyinLoader;
  std::unique_ptr<PinyinLoader> pinyin_;
  std::atomic<std::uint64_t> turns_ = 0;  // read by the watchdog
  std::jthread watchdog_;
};

}  // namespace bangwu::runtime
